// expects: TODO
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = lines.sum(lines::price))]
    sum: Option<i64>,
}

fn main() {}
