// expects: TODO
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = lower(people::name))]
    name: i32,
}

fn main() {}
