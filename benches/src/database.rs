//! The database that all benches read.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

/// A new SQLite database in memory, filled with the rows that `database.sql` describes.
pub fn filled() -> SqliteConnection {
    let mut conn =
        SqliteConnection::establish(":memory:").expect("SQLite opens a database in memory");
    conn.batch_execute(include_str!("database.sql")).expect("the bench database is filled");
    conn
}

/// Adds an index that has the books of an author, the newest first, unless it is there.
pub fn index_newest_books(conn: &mut SqliteConnection) {
    conn.batch_execute(
        "CREATE INDEX IF NOT EXISTS books_newest ON books (author_id, published DESC)",
    )
    .expect("the index is made");
}
