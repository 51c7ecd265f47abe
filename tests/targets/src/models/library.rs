//! A small library: every kind of relation, keys that are `NULL`, and two relations between the same models.
//!
//! Ann (at Ace) wrote Atlas (edited by Bob, tags rust and sql) and Bones (not edited, no tags); Bob (at no publisher)
//! wrote Comet (edited by Ann, tag sql); Cyd (at Tor) wrote nothing. Ann and Cyd have profiles, and Atlas two reviews.

use upfront::Model;

diesel::table! { publishers (id) { id -> Integer, name -> Text } }
diesel::table! {
    authors (id) { id -> Integer, name -> Text, bio -> Nullable<Text>, publisher_id -> Nullable<Integer> }
}
diesel::table! { profiles (id) { id -> Integer, photo -> Text, author_id -> Integer } }
diesel::table! {
    books (id) { id -> Integer, title -> Text, author_id -> Integer, editor_id -> Nullable<Integer> }
}
diesel::table! { reviews (id) { id -> Integer, stars -> Integer, book_id -> Integer } }
diesel::table! { tags (id) { id -> Integer, name -> Text } }
diesel::table! { book_tags (book_id, tag_id) { book_id -> Integer, tag_id -> Integer } }
diesel::allow_tables_to_appear_in_same_query!(
    publishers, authors, profiles, books, reviews, tags, book_tags
);

#[derive(Model)]
#[diesel(table_name = publishers)]
#[model(has_many(authors: Author), has_many(books: Book, through = authors))]
pub struct Publisher {
    pub id: i32,
    pub name: String,
}

#[derive(Model)]
#[diesel(table_name = authors)]
#[model(
    belongs_to(publisher: Publisher),
    has_many(books: Book),
    has_many(edited: Book, foreign_key = books::editor_id),
    has_one(only_book: Book),
    has_one(profile: Profile),
    has_many(reviews: Review, through = books),
    has_many(tags: Tag, through = books),
)]
pub struct Author {
    pub id: i32,
    pub name: String,
    pub bio: Option<String>,
    pub publisher_id: Option<i32>,
}

#[derive(Model)]
#[diesel(table_name = profiles)]
#[model(belongs_to(author: Author))]
pub struct Profile {
    pub id: i32,
    pub photo: String,
    pub author_id: i32,
}

#[derive(Model)]
#[diesel(table_name = books)]
#[model(
    belongs_to(author: Author),
    belongs_to(editor: Author),
    has_many(reviews: Review),
    many_to_many(tags: Tag, through = book_tags),
)]
pub struct Book {
    pub id: i32,
    pub title: String,
    pub author_id: i32,
    pub editor_id: Option<i32>,
}

#[derive(Model)]
#[diesel(table_name = reviews)]
#[model(belongs_to(book: Book))]
pub struct Review {
    pub id: i32,
    pub stars: i32,
    pub book_id: i32,
}

#[derive(Model)]
#[diesel(table_name = tags)]
#[model(many_to_many(books: Book, through = book_tags))]
pub struct Tag {
    pub id: i32,
    pub name: String,
}

#[derive(Model)]
#[diesel(table_name = book_tags, primary_key(book_id, tag_id))]
#[model(belongs_to(book: Book), belongs_to(tag: Tag))]
pub struct BookTag {
    pub book_id: i32,
    pub tag_id: i32,
}

pub const SCHEMA: &str = "
    CREATE TABLE publishers (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL, bio TEXT, publisher_id INTEGER);
    CREATE TABLE profiles (id INTEGER PRIMARY KEY, photo TEXT NOT NULL, author_id INTEGER NOT NULL);
    CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, author_id INTEGER NOT NULL, editor_id INTEGER);
    CREATE TABLE reviews (id INTEGER PRIMARY KEY, stars INTEGER NOT NULL, book_id INTEGER NOT NULL);
    CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE book_tags (book_id INTEGER NOT NULL, tag_id INTEGER NOT NULL, PRIMARY KEY (book_id, tag_id));
";

pub const ROWS: &str = "
    INSERT INTO publishers VALUES (1, 'Ace'), (2, 'Tor');
    INSERT INTO authors VALUES (1, 'Ann', NULL, 1), (2, 'Bob', 'writes', NULL), (3, 'Cyd', NULL, 2);
    INSERT INTO profiles VALUES (1, 'ann.png', 1), (2, 'cyd.png', 3);
    INSERT INTO books VALUES (1, 'Atlas', 1, 2), (2, 'Bones', 1, NULL), (3, 'Comet', 2, 1);
    INSERT INTO reviews VALUES (1, 5, 1), (2, 3, 1), (3, 4, 3);
    INSERT INTO tags VALUES (1, 'rust'), (2, 'sql');
    INSERT INTO book_tags VALUES (1, 1), (1, 2), (3, 2);
";
