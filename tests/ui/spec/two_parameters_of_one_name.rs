// expects: a second parameter called `since`
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Order, params(since: i32, since: i64))]
struct Recent {
    placed: i32,
}

fn main() {}
