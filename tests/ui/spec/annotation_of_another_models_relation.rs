// expects: TODO
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = order::lines.count())]
    count: i64,
}

fn main() {}
