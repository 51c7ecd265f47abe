// expects: mismatched types
use diesel::{Connection, SqliteConnection};
use upfront::assert_num_queries;

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    assert_num_queries!(conn, "two", {});
}
