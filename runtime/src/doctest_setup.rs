// The small database that examples in the documentation use. Each includes this file, hidden.
use diesel::prelude::*;
use upfront::{LoadSpec, Model};

diesel::table! { publishers (id) { id -> Integer, name -> Text } }
diesel::table! { authors (id) { id -> Integer, name -> Text, publisher_id -> Nullable<Integer> } }
diesel::table! { books (id) { id -> Integer, title -> Text, author_id -> Integer } }
diesel::allow_tables_to_appear_in_same_query!(publishers, authors, books);

#[derive(Model)]
#[diesel(table_name = publishers)]
pub struct Publisher {
    pub id: i32,
    pub name: String,
}

#[derive(Model)]
#[diesel(table_name = authors)]
#[model(belongs_to(publisher: Publisher), has_many(books: Book))]
pub struct Author {
    pub id: i32,
    pub name: String,
    pub publisher_id: Option<i32>,
}

#[derive(Model)]
#[diesel(table_name = books)]
#[model(belongs_to(author: Author))]
pub struct Book {
    pub id: i32,
    pub title: String,
    pub author_id: i32,
}

fn connection() -> SqliteConnection {
    let mut conn = SqliteConnection::establish(":memory:").unwrap();
    diesel::connection::SimpleConnection::batch_execute(
        &mut conn,
        "CREATE TABLE publishers (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
         CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL, publisher_id INTEGER);
         CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, author_id INTEGER NOT NULL);
         INSERT INTO publishers VALUES (1, 'Ace');
         INSERT INTO authors VALUES (1, 'Ursula', 1), (2, 'Jane', NULL);
         INSERT INTO books VALUES (1, 'Rocannon', 1), (2, 'Emma', 2), (3, 'City of Illusions', 1);",
    )
    .unwrap();
    conn
}
