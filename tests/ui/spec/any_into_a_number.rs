// expects: what is computed for `any` cannot be read into `i64`
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = orders.any(orders::open))]
    any: i64,
}

fn main() {}
