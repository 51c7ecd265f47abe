// expects: `min` and `max` are of values that have an order
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = orders.max(orders::open))]
    max: Option<bool>,
}

fn main() {}
