// expects: help: write `Requested<Option<PersonName>>`
use upfront::{LoadSpec, Requested};
use upfront_tests::shop::*;

#[derive(LoadSpec, Clone)]
#[load(Person)]
struct PersonName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Person)]
struct Report {
    #[load(prefetch, optional)]
    boss: Requested<PersonName>,
}

fn main() {}
