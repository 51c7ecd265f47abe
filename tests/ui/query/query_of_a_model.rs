// expects: no function or associated item named `query` found for struct `upfront_tests::library::Book` in the current scope
use diesel::prelude::*;
use upfront_tests::library::*;

fn main() {}

fn query(conn: &mut SqliteConnection) {
    let _ = Book::query().load(conn);
}
