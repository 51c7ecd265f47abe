//! A library of as many books as a test wants, each by another author.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use upfront::{LoadSpec, Model};

diesel::table! { authors (id) { id -> Integer, name -> Text } }
diesel::table! { books (id) { id -> Integer, title -> Text, author_id -> Integer } }
diesel::table! { tags (id) { id -> Integer, name -> Text, book_id -> Integer } }
diesel::allow_tables_to_appear_in_same_query!(authors, books, tags);

#[derive(Model, Queryable, Debug, Clone)]
#[diesel(table_name = authors)]
#[model(has_many(books: Book))]
pub(crate) struct Author {
    pub(crate) id: i32,
    pub(crate) name: String,
}

#[derive(Model, Queryable, Debug, Clone)]
#[diesel(table_name = books)]
#[model(belongs_to(author: Author), has_many(tags: Tag))]
pub(crate) struct Book {
    pub(crate) id: i32,
    pub(crate) title: String,
    pub(crate) author_id: i32,
}

#[derive(Model, Queryable, Debug, Clone)]
#[diesel(table_name = tags)]
#[model(belongs_to(book: Book))]
pub(crate) struct Tag {
    pub(crate) id: i32,
    pub(crate) name: String,
    pub(crate) book_id: i32,
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Author)]
pub(crate) struct AuthorName {
    pub(crate) name: String,
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Tag)]
pub(crate) struct TagName {
    pub(crate) name: String,
}

/// One query.
#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Book, max_queries = 1)]
pub(crate) struct BookCard {
    pub(crate) title: String,
    #[load(join)]
    pub(crate) author: AuthorName,
}

/// Two queries.
#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Book, max_queries = 2)]
pub(crate) struct BookPage {
    pub(crate) title: String,
    #[load(prefetch = book::author)]
    pub(crate) by: AuthorName,
}

/// Three queries.
#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Author, max_queries = 3)]
pub(crate) struct AuthorPage {
    pub(crate) name: String,
    #[load(prefetch = author::books, order_by = books::title)]
    pub(crate) works: Vec<TaggedBook>,
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Book)]
pub(crate) struct TaggedBook {
    pub(crate) title: String,
    #[load(prefetch)]
    pub(crate) tags: Vec<TagName>,
}

/// A library in memory.
pub(crate) fn library(count: i32) -> SqliteConnection {
    let mut conn = SqliteConnection::establish(":memory:").expect("a database in memory");
    fill(&mut conn, count);
    conn
}

pub(crate) fn fill(conn: &mut SqliteConnection, count: i32) {
    conn.batch_execute(&format!(
        "CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
         CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, author_id INTEGER NOT NULL);
         CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL, book_id INTEGER NOT NULL);
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
         INSERT INTO authors SELECT i, 'author ' || i FROM n;
         INSERT INTO books SELECT id, 'book ' || id, id FROM authors;
         INSERT INTO tags SELECT id, 'tag ' || id, id FROM books;"
    ))
    .expect("the schema is valid SQL");
}
