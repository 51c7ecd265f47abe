// expects: `Arc<PersonName>` cannot hold a joined row
use std::sync::Arc;
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
    #[load(join)]
    person: Arc<PersonName>,
}

fn main() {}
