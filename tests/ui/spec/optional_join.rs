// expects: `optional` goes with `prefetch`, and this field is loaded by `join`
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct PersonName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Order)]
struct OrderPage {
    #[load(join, optional)]
    person: PersonName,
}

fn main() {}
