// expects: `Buyer` does not load `upfront_tests::shop::person::orders`, or not the whole of it
use upfront::{LoadSpec, Loads};
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Order)]
struct OrderCard {
    placed: i32,
}

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(prefetch, distinct)]
    orders: Vec<OrderCard>,
}

fn all(_: &impl Loads<person::orders>) {}

fn main() {}

fn read(buyer: &Buyer) {
    all(buyer);
}
