// expects: expected a connection and how many queries are to run on it
use diesel::{Connection, SqliteConnection};
use upfront::assert_num_queries;

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    assert_num_queries!(conn, at_least 2, {});
}
