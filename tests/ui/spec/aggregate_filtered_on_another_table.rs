// expects: do not have all the columns of this expression
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = orders.filter(products::id.eq(1)).count())]
    count: i64,
}

fn main() {}
