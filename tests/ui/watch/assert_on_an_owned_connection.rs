// expects: expected mutable reference `&mut _`
use diesel::{Connection, SqliteConnection};
use upfront::assert_num_queries;

fn main() {
    let conn = SqliteConnection::establish(":memory:").unwrap();
    assert_num_queries!(conn, 0, {});
}
