//! One author with two books, one of which has a tag.

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};

pub(crate) fn connection() -> SqliteConnection {
    let mut conn =
        SqliteConnection::establish(":memory:").expect("SQLite opens a database in memory");
    conn.batch_execute(
        "CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
         CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, author_id INTEGER NOT NULL);
         CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
         CREATE TABLE book_tags (book_id INTEGER NOT NULL, tag_id INTEGER NOT NULL);
         CREATE TABLE types (type INTEGER PRIMARY KEY, match TEXT NOT NULL, \"in\" INTEGER);
         INSERT INTO authors VALUES (1, 'Ursula');
         INSERT INTO books VALUES (1, 'Rocannon', 1), (2, 'City of Illusions', 1);
         INSERT INTO tags VALUES (1, 'novel');
         INSERT INTO book_tags VALUES (2, 1);
         INSERT INTO types VALUES (1, 'root', NULL), (2, 'leaf', 1);",
    )
    .expect("the schema is right");
    conn
}
