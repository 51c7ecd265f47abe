// expects: `Buyer` does not load `upfront_tests::shop::person::orders`, or not the whole of it
use upfront::{LoadSpec, Loads, Requested};
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Order)]
struct OrderCard {
    placed: i32,
}

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(prefetch, optional)]
    orders: Requested<Vec<OrderCard>>,
}

fn all(_: &impl Loads<person::orders>) {}

fn main() {}

fn read(buyer: &Buyer) {
    all(buyer);
}
