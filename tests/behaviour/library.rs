//! A small library, for the tests that need no schema of their own.
//!
//! Ann (at Ace) wrote Atlas (edited by Bob, tags rust and sql) and Bones (not edited, no tags); Bob (at no publisher)
//! wrote Comet (edited by Ann, tag sql); Cyd (at Tor) wrote nothing.

use diesel::prelude::*;
use upfront::{LoadSpec, Model};

use crate::support::database;

diesel::table! { publishers (id) { id -> Integer, name -> Text } }
diesel::table! {
    authors (id) { id -> Integer, name -> Text, bio -> Nullable<Text>, publisher_id -> Nullable<Integer> }
}
diesel::table! {
    books (id) { id -> Integer, title -> Text, author_id -> Integer, editor_id -> Nullable<Integer> }
}
diesel::table! { tags (id) { id -> Integer, name -> Text } }
diesel::table! { book_tags (book_id, tag_id) { book_id -> Integer, tag_id -> Integer } }
diesel::allow_tables_to_appear_in_same_query!(publishers, authors, books, tags, book_tags);

#[derive(Model)]
#[diesel(table_name = publishers)]
#[model(has_many(authors: Author))]
pub(crate) struct Publisher {
    pub(crate) id: i32,
    pub(crate) name: String,
}

#[derive(Model)]
#[diesel(table_name = authors)]
#[model(
    belongs_to(publisher: Publisher),
    has_many(books: Book),
    has_many(edited: Book, foreign_key = books::editor_id),
    has_one(only_book: Book),
)]
pub(crate) struct Author {
    pub(crate) id: i32,
    pub(crate) name: String,
    pub(crate) bio: Option<String>,
    pub(crate) publisher_id: Option<i32>,
}

#[derive(Model)]
#[diesel(table_name = books)]
#[model(
    belongs_to(author: Author),
    belongs_to(editor: Author),
    many_to_many(tags: Tag, through = book_tags),
)]
pub(crate) struct Book {
    pub(crate) id: i32,
    pub(crate) title: String,
    pub(crate) author_id: i32,
    pub(crate) editor_id: Option<i32>,
}

#[derive(Model)]
#[diesel(table_name = tags)]
#[model(many_to_many(books: Book, through = book_tags))]
pub(crate) struct Tag {
    pub(crate) id: i32,
    pub(crate) name: String,
}

#[derive(LoadSpec, Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[load(Book)]
pub(crate) struct Title {
    pub(crate) title: String,
}

#[derive(LoadSpec, Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[load(Tag)]
pub(crate) struct TagName {
    pub(crate) name: String,
}

#[derive(LoadSpec, Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[load(Publisher)]
pub(crate) struct PublisherName {
    pub(crate) name: String,
}

#[derive(LoadSpec, Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[load(Author)]
pub(crate) struct AuthorName {
    pub(crate) name: String,
}

#[derive(LoadSpec, Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[load(Author)]
pub(crate) struct AuthorCard {
    pub(crate) name: String,
    #[load(join)]
    pub(crate) publisher: Option<PublisherName>,
}

/// Joins only: one query.
#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Book, max_queries = 1)]
pub(crate) struct BookCard {
    pub(crate) title: String,
    #[load(join)]
    pub(crate) author: AuthorCard,
    #[load(join)]
    pub(crate) editor: Option<AuthorCard>,
}

/// Two queries.
#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Author, max_queries = 2)]
pub(crate) struct Shelf {
    pub(crate) name: String,
    #[load(prefetch)]
    pub(crate) books: Vec<Title>,
}

impl Shelf {
    /// The author and the titles in their order.
    pub(crate) fn summary(&self) -> (String, Vec<String>) {
        let titles = self.books.iter().map(|book| book.title.clone());
        (self.name.clone(), crate::support::sorted(titles))
    }
}

pub(crate) const SCHEMA: &str = "
    CREATE TABLE publishers (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL, bio TEXT, publisher_id INTEGER);
    CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, author_id INTEGER NOT NULL, editor_id INTEGER);
    CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE book_tags (book_id INTEGER NOT NULL, tag_id INTEGER NOT NULL, PRIMARY KEY (book_id, tag_id));
";

pub(crate) const ROWS: &str = "
    INSERT INTO publishers VALUES (1, 'Ace'), (2, 'Tor');
    INSERT INTO authors VALUES (1, 'Ann', NULL, 1), (2, 'Bob', 'writes', NULL), (3, 'Cyd', NULL, 2);
    INSERT INTO books VALUES (1, 'Atlas', 1, 2), (2, 'Bones', 1, NULL), (3, 'Comet', 2, 1);
    INSERT INTO tags VALUES (1, 'rust'), (2, 'sql');
    INSERT INTO book_tags VALUES (1, 1), (1, 2), (3, 2);
";

/// The library in memory.
pub(crate) fn library() -> SqliteConnection {
    database(&format!("{SCHEMA}{ROWS}"))
}
