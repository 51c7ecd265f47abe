//! The tables, and the models on them.

use upfront::Model;

diesel::table! {
    publishers (id) {
        id -> Integer,
        name -> Text,
        country -> Text,
    }
}

diesel::table! {
    authors (id) {
        id -> Integer,
        name -> Text,
        bio -> Text,
        born -> Integer,
        publisher_id -> Nullable<Integer>,
    }
}

diesel::table! {
    books (id) {
        id -> Integer,
        title -> Text,
        summary -> Text,
        published -> Integer,
        in_print -> Bool,
        author_id -> Integer,
    }
}

diesel::table! {
    tags (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    book_tags (book_id, tag_id) {
        book_id -> Integer,
        tag_id -> Integer,
    }
}

diesel::table! {
    reviews (id) {
        id -> Integer,
        book_id -> Integer,
        rating -> Integer,
    }
}

diesel::joinable!(authors -> publishers (publisher_id));
diesel::joinable!(books -> authors (author_id));
diesel::joinable!(book_tags -> books (book_id));
diesel::joinable!(book_tags -> tags (tag_id));
diesel::joinable!(reviews -> books (book_id));
diesel::allow_tables_to_appear_in_same_query!(publishers, authors, books, tags, book_tags, reviews);

#[derive(Model)]
#[diesel(table_name = publishers)]
pub struct Publisher {
    pub id: i32,
    pub name: String,
    pub country: String,
}

#[derive(Model)]
#[diesel(table_name = authors)]
#[model(
    belongs_to(publisher: Publisher),
    has_many(books: Book),
    has_many(reviews: Review, through = books),
)]
pub struct Author {
    pub id: i32,
    pub name: String,
    pub bio: String,
    pub born: i32,
    pub publisher_id: Option<i32>,
}

#[derive(Model)]
#[diesel(table_name = books)]
#[model(
    belongs_to(author: Author),
    has_many(reviews: Review),
    many_to_many(tags: Tag, through = book_tags),
)]
pub struct Book {
    pub id: i32,
    pub title: String,
    pub summary: String,
    pub published: i32,
    pub in_print: bool,
    pub author_id: i32,
}

#[derive(Model)]
#[diesel(table_name = tags)]
pub struct Tag {
    pub id: i32,
    pub name: String,
}

#[derive(Model)]
#[diesel(table_name = reviews)]
#[model(belongs_to(book: Book))]
pub struct Review {
    pub id: i32,
    pub book_id: i32,
    pub rating: i32,
}
