// expects: `params` goes with
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(params(5))]
    name: String,
}

fn main() {}
