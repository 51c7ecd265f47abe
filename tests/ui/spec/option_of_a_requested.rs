// expects: `Option<Requested<PersonName>>` cannot hold prefetched rows of
use upfront::{LoadSpec, Requested};
use upfront_tests::shop::*;

#[derive(LoadSpec, Clone)]
#[load(Person)]
struct PersonName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Order)]
struct OrderPage {
    #[load(prefetch, optional)]
    person: Option<Requested<PersonName>>,
}

fn main() {}
