// expects: `Vec<Arc<OrderCard>>` cannot hold prefetched rows
use std::sync::Arc;
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Order)]
struct OrderCard {
    placed: i32,
}

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(prefetch)]
    orders: Vec<Arc<OrderCard>>,
}

fn main() {}
