// expects: `let _guard = assert_num_queries!(conn, 2);`
#![deny(unused_must_use)]
use diesel::{Connection, SqliteConnection};
use upfront::assert_num_queries;

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    assert_num_queries!(conn, 2);
}
