// expects: `optional` takes nothing
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
    #[load(prefetch, optional = true)]
    orders: Requested<Vec<OrderCard>>,
}

fn main() {}
