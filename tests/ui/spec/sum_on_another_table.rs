// expects: do not have all the columns of this expression
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = orders.sum(products::id))]
    sum: Option<i64>,
}

fn main() {}
