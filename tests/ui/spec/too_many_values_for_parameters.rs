// expects: mismatched types
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Line)]
struct LineCard {
    quantity: i32,
}

#[derive(LoadSpec)]
#[load(Order, params(since: i32))]
struct Recent {
    placed: i32,
    #[load(prefetch, filter = lines::quantity.gt(since))]
    lines: Vec<LineCard>,
}

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(prefetch, params(1, 2))]
    orders: Vec<Recent>,
}

fn main() {}
