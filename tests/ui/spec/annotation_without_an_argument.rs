// expects: `sum()` takes one thing between its parentheses
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = orders.sum())]
    sum: Option<i64>,
}

fn main() {}
