// expects: expected a connection and how many queries are to run on it
use diesel::{Connection, SqliteConnection};
use upfront::assert_num_queries;

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let _guard = assert_num_queries!(conn);
}
