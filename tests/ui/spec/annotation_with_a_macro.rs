// expects: the type of this expression cannot be told
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = people::name.concat(format!("!")))]
    name: String,
}

fn main() {}
