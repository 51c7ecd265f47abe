// expects: `sum` and `avg` are of numbers
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = reports.sum(people::name))]
    sum: Option<i64>,
}

fn main() {}
