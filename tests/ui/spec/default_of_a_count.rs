// expects: this cannot have `i64` as its default
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = orders.count().default(0))]
    count: i64,
}

fn main() {}
