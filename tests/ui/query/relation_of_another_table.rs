// expects: the relation `upfront_tests::shop::person::orders` does not begin at the table of this query
use diesel::prelude::*;
use upfront::{LoadSpec, RelationDsl};
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Order)]
struct OrderCard {
    placed: i32,
}

fn main() {}

fn query(conn: &mut SqliteConnection) {
    let _ = OrderCard::query().filter(person::orders.count().gt(1)).load(conn);
}
