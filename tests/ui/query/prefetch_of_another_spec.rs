// expects: `Buyer` is not the spec of this query
use diesel::prelude::*;
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Order)]
struct OrderCard {
    placed: i32,
}

#[derive(LoadSpec, Clone)]
#[load(Person)]
struct PersonName {
    name: String,
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
    let _ = PersonName::query().prefetch(Buyer::orders, |orders| orders.limit(5)).load(conn);
}
