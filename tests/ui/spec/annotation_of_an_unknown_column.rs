// expects: cannot find
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = lower(people::nmae))]
    name: String,
}

fn main() {}
