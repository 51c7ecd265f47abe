// expects: `Buyer` does not load `orders`, or not the whole of it
use upfront::LoadSpec;
use upfront_tests::shop::*;

use person::Loaded as _;

#[derive(LoadSpec)]
#[load(Order)]
struct OrderCard {
    placed: i32,
}

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(prefetch, limit = 5)]
    orders: Vec<OrderCard>,
}

fn all(buyer: &Buyer) -> &[OrderCard] {
    buyer.orders()
}

fn main() {}
