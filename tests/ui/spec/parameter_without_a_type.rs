// expects: this is not a list of parameters
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Order, params(since))]
struct Recent {
    placed: i32,
}

fn main() {}
