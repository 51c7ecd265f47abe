//! The database that all benches read.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

/// The tables.
pub(crate) const SCHEMA: &str = include_str!("schema.sql");
/// Made when the rows are there: they are inserted faster without.
pub(crate) const INDEXES: &str = include_str!("indexes.sql");

/// A new SQLite database in memory, filled with the rows that `rows.sql` describes.
pub fn filled() -> SqliteConnection {
    let mut conn =
        SqliteConnection::establish(":memory:").expect("SQLite opens a database in memory");
    for sql in [SCHEMA, include_str!("rows.sql"), INDEXES] {
        conn.batch_execute(sql).expect("the bench database is filled");
    }
    conn
}

/// Adds an index that has the books of an author, the newest first, unless it is there.
pub fn index_newest_books(conn: &mut impl SimpleConnection) {
    conn.batch_execute(
        "CREATE INDEX IF NOT EXISTS books_newest ON books (author_id, published DESC)",
    )
    .expect("the index is made");
}
