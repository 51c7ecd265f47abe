// expects: `==` is not for SQL expressions
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = people::id == 1)]
    first: bool,
}

fn main() {}
