// expects: cannot find
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Order)]
struct OrderCard {
    placed: i32,
}

#[derive(LoadSpec)]
#[load(Person, params(since: i32))]
struct Buyer {
    #[load(prefetch, filter = orders::placed.gt(sicne))]
    orders: Vec<OrderCard>,
}

fn main() {}
