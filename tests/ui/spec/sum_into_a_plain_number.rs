// expects: what is computed for `sum` can be `NULL`
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = orders.sum(orders::placed))]
    sum: i64,
}

fn main() {}
