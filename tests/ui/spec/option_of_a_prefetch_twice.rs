// expects: `limit` is given twice
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Order)]
struct OrderCard {
    placed: i32,
}

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(prefetch, limit = 5, limit = 6)]
    orders: Vec<OrderCard>,
}

fn main() {}
