// expects: `optional` goes with a relation that is loaded
use upfront::{LoadSpec, Requested};
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Order)]
struct OrderCard {
    placed: i32,
}

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(optional)]
    orders: Requested<Vec<OrderCard>>,
}

fn main() {}
