// expects: the field of a relation cannot be called `query`
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
    #[load(prefetch = orders)]
    query: Vec<OrderCard>,
}

fn main() {}
