// expects: TODO
use diesel::prelude::*;
use upfront_tests::library::*;

fn main() {}

fn query(conn: &mut SqliteConnection) {
    let _ = Book::query().load(conn);
}
