// expects: several rows may share one row of `person`, and each gets its own copy
use upfront::{LoadSpec, Requested};
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Person)]
struct PersonName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Order)]
struct OrderPage {
    #[load(prefetch, optional)]
    person: Requested<PersonName>,
}

fn main() {}
