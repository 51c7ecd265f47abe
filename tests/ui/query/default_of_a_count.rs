// expects: this is never `NULL`, and needs no default
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
    let _ = PersonName::query().order(person::orders.count().default(0)).load(conn);
}
