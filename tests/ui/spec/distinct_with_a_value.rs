// expects: `distinct` takes nothing
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
    #[load(prefetch, distinct = true)]
    orders: Vec<OrderCard>,
}

fn main() {}
