// expects: `Arc<String>` cannot hold prefetched rows
use std::sync::Arc;
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Order)]
struct OrderPage {
    #[load(prefetch)]
    person: Arc<String>,
}

fn main() {}
