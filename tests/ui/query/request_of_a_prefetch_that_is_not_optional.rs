// expects: `Buyer` prefetches `upfront_tests::shop::person::orders` in every load, and nothing has to ask for it
use diesel::prelude::*;
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
    name: String,
    #[load(prefetch)]
    orders: Vec<OrderCard>,
}

fn main() {}

fn query(conn: &mut SqliteConnection) {
    let _ = Buyer::query().request(Buyer::orders).load(conn);
}
