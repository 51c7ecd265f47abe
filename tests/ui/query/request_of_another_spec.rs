// expects: `Buyer` is not the spec of this query
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
struct PersonName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    name: String,
    #[load(prefetch, optional)]
    orders: Requested<Vec<OrderCard>>,
}

fn main() {}

fn query(conn: &mut SqliteConnection) {
    let _ = PersonName::query().request(Buyer::orders).load(conn);
}
