// expects: `Requested<String>` cannot hold prefetched rows of `Person`
use upfront::{LoadSpec, Requested};
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Order)]
struct OrderPage {
    #[load(prefetch, optional)]
    person: Requested<String>,
}

fn main() {}
