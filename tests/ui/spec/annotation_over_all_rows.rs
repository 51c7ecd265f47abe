// expects: this expression has one value for all rows, not one for each
use diesel::dsl::max;
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = max(people::id))]
    last: Option<i32>,
}

fn main() {}
