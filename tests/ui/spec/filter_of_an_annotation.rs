// expects: `filter` goes with `prefetch`
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = orders.count(), filter = orders::open.eq(true))]
    open: i64,
}

fn main() {}
