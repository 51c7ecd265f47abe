// expects: the table of `upfront_tests::shop::Person` does not have all the columns of this expression
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = order::lines.count())]
    count: i64,
}

fn main() {}
