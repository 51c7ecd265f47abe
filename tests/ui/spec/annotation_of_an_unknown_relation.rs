// expects: `order` is not a relation of `Person`
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = order.count())]
    count: i64,
}

fn main() {}
