// expects: `Buyer` prefetches `upfront_tests::shop::person::orders` in every load, and nothing has to ask for it
use diesel::prelude::*;
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
    name: String,
    #[load(prefetch)]
    orders: Vec<OrderCard>,
    #[load(prefetch = orders, optional, filter = orders::open.eq(true))]
    open: Requested<Vec<OrderCard>>,
}

fn main() {}

fn query(conn: &mut SqliteConnection) {
    let refined = Buyer::query().prefetch(Buyer::open, |orders| orders.limit(5));
    let _ = refined.request_if(true, Buyer::orders).load(conn);
}
