// expects: a parameter is given without `&`
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Order, params(since: i32))]
struct Recent {
    #[load(annotate = orders::placed.gt(&since))]
    recent: bool,
}

fn main() {}
