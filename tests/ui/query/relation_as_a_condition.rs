// expects: a query of `PersonName` does not have all the columns of this expression
use diesel::prelude::*;
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec, Clone)]
#[load(Person)]
struct PersonName {
    name: String,
}

fn main() {}

fn query(conn: &mut SqliteConnection) {
    let _ = PersonName::query().filter(person::orders).load(conn);
}
