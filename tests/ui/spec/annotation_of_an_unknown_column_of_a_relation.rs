// expects: cannot find
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = orders.sum(orders::plaecd))]
    sum: Option<i64>,
}

fn main() {}
