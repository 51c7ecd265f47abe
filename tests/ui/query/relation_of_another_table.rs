// expects: a query of `OrderCard` does not have all the columns of this expression
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
