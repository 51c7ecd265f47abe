// expects: `filter` goes with `prefetch`
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec, Clone)]
#[load(Person)]
struct PersonName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Order)]
struct OrderPage {
    #[load(join, filter = people::name.eq("Ann"))]
    person: PersonName,
}

fn main() {}
