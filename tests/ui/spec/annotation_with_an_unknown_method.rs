// expects: the type of `.to_lowercase()` cannot be told
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = people::name.to_lowercase())]
    name: String,
}

fn main() {}
