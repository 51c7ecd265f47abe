// expects: a prefetch is `distinct` or has a `limit`, not both
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
    #[load(prefetch, distinct, limit = 5)]
    orders: Vec<OrderCard>,
}

fn main() {}
