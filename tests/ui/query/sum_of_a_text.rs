// expects: `sum` and `avg` are of numbers
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
    let _ = PersonName::query().filter(person::reports.sum(people::name).eq(Some(1))).load(conn);
}
