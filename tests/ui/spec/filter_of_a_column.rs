// expects: `filter` goes with a relation that is loaded
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(filter = people::name.eq("Ann"))]
    name: String,
}

fn main() {}
