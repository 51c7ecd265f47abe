// expects: `orders` is loaded in every load, and a `Requested` is for what a query can ask for
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
    #[load(prefetch)]
    orders: Requested<Vec<OrderCard>>,
}

fn main() {}
