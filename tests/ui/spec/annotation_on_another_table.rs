// expects: the table of `upfront_tests::shop::Person` does not have all the columns of this expression
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = lower(products::name))]
    name: String,
}

fn main() {}
