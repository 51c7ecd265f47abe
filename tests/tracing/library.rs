//! A small library: two authors and three books.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use upfront::{LoadSpec, Model};

diesel::table! { authors (id) { id -> Integer, name -> Text } }
diesel::table! { books (id) { id -> Integer, title -> Text, author_id -> Integer } }
diesel::allow_tables_to_appear_in_same_query!(authors, books);

#[derive(Model, Queryable, Debug)]
#[diesel(table_name = authors)]
#[model(has_many(books: Book))]
pub(crate) struct Author {
    pub(crate) id: i32,
    pub(crate) name: String,
}

#[derive(Model, Queryable, Debug)]
#[diesel(table_name = books)]
#[model(belongs_to(author: Author))]
pub(crate) struct Book {
    pub(crate) id: i32,
    pub(crate) title: String,
    pub(crate) author_id: i32,
}

/// One query.
#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Book, max_queries = 1)]
pub(crate) struct BookTitle {
    pub(crate) title: String,
}

/// Two queries.
#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Author, max_queries = 2)]
pub(crate) struct Shelf {
    pub(crate) name: String,
    #[load(prefetch = author::books, order_by = books::title)]
    pub(crate) works: Vec<BookTitle>,
}

/// A connection to a new library, which is not watched.
pub(crate) fn library() -> SqliteConnection {
    let mut conn =
        SqliteConnection::establish(":memory:").expect("SQLite opens a database in memory");
    conn.batch_execute(
        "CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
         CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, author_id INTEGER NOT NULL);
         INSERT INTO authors VALUES (1, 'Ursula'), (2, 'Jane');
         INSERT INTO books VALUES (1, 'Rocannon', 1), (2, 'Emma', 2), (3, 'City of Illusions', 1);",
    )
    .expect("the schema is valid SQL");
    conn
}

/// The same, watched.
pub(crate) fn watched() -> SqliteConnection {
    let mut conn = library();
    upfront::watch(&mut conn).expect("it has no instrumentation");
    conn
}
