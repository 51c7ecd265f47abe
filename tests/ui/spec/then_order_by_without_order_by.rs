// expects: `then_order_by` comes after an order
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
    #[load(prefetch, then_order_by = orders::id)]
    orders: Vec<OrderCard>,
}

fn main() {}
