// expects: this expression is not a condition
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
    #[load(prefetch, filter = orders::placed)]
    orders: Vec<OrderCard>,
}

fn main() {}
