// expects: `Requested<Vec<OrderCard>>` is not an iterator
use upfront::{LoadSpec, Requested};
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Order)]
struct OrderCard {
    placed: i32,
}

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(prefetch, optional)]
    orders: Requested<Vec<OrderCard>>,
}

fn main() {}

fn read(buyer: Buyer) {
    for order in buyer.orders {
        assert!(order.placed > 0);
    }
}
