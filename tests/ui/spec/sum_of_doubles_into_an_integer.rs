// expects: what is computed for `sum` cannot be read into `Option<i64>`
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = lines.sum(lines::price))]
    sum: Option<i64>,
}

fn main() {}
