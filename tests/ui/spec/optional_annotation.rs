// expects: `optional` goes with `prefetch`, and this field is loaded by `annotate`
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = orders.count(), optional)]
    orders: i64,
}

fn main() {}
