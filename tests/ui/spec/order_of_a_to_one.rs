// expects: `person` leads to one row at the most
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
    #[load(prefetch, order_by = people::name)]
    person: PersonName,
}

fn main() {}
