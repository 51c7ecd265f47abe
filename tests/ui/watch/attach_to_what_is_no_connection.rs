// expects: `Box<SqliteConnection>` is not a connection that can be watched
use diesel::{Connection, SqliteConnection};
use upfront::QueryLog;

fn main() {
    let mut conn = Box::new(SqliteConnection::establish(":memory:").unwrap());
    let log = QueryLog::attach(&mut conn).unwrap();
    println!("{log}");
}
