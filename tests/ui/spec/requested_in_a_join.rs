// expects: `Requested<PersonName>` cannot hold a joined row of
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
    #[load(join)]
    person: Requested<PersonName>,
}

fn main() {}
