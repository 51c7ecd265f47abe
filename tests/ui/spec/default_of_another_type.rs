// expects: TODO
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = orders.sum(orders::placed).default("none"))]
    sum: i64,
}

fn main() {}
