// expects: `filter` needs a value
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
    #[load(prefetch, filter(orders::open))]
    orders: Vec<OrderCard>,
}

fn main() {}
