// expects: the rows of `upfront_tests::shop::person::orders` do not have all the columns of this expression
use diesel::prelude::*;
use upfront::{LoadSpec, RelationDsl};
use upfront_tests::shop::*;

#[derive(LoadSpec, Clone)]
#[load(Person)]
struct PersonName {
    name: String,
}

fn main() {}

fn query(conn: &mut SqliteConnection) {
    let _ = PersonName::query().filter(person::orders.any(products::id.eq(1))).load(conn);
}
