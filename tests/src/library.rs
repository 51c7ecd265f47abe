//! A small library: models that any other crate may load.

use upfront::Model;

diesel::table! { publishers (id) { id -> Integer, name -> Text } }
diesel::table! { authors (id) { id -> Integer, name -> Text, publisher_id -> Nullable<Integer> } }
diesel::table! { profiles (id) { id -> Integer, photo -> Text, author_id -> Integer } }
diesel::table! {
    books (id) {
        id -> Integer,
        title -> Text,
        subtitle -> Nullable<Text>,
        author_id -> Integer,
        editor_id -> Nullable<Integer>,
    }
}
diesel::table! { tags (id) { id -> Integer, name -> Text } }
diesel::table! { book_tags (book_id, tag_id) { book_id -> Integer, tag_id -> Integer } }

#[derive(Model)]
#[diesel(table_name = publishers)]
#[model(has_many(authors: Author))]
pub struct Publisher {
    pub id: i32,
    pub name: String,
}

#[derive(Model)]
#[diesel(table_name = authors)]
#[model(
    belongs_to(publisher: Publisher),
    has_one(profile: Profile),
    has_many(books: Book),
    has_many(edited: Book, foreign_key = books::editor_id),
)]
pub struct Author {
    pub id: i32,
    pub name: String,
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
    many_to_many(tags: Tag, through = book_tags),
)]
pub struct Book {
    pub id: i32,
    pub title: String,
    pub subtitle: Option<String>,
    pub author_id: i32,
    pub editor_id: Option<i32>,
}

#[derive(Model)]
#[diesel(table_name = tags)]
#[model(many_to_many(books: Book, through = book_tags))]
pub struct Tag {
    pub id: i32,
    pub name: String,
}
