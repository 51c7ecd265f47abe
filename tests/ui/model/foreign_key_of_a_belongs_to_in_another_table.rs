// expects: `magazines.author_id` cannot be the `foreign_key` of `author`: it is not a column of `books`
use upfront::Model;

diesel::table! { authors (id) { id -> Integer, name -> Text } }
diesel::table! { books (id) { id -> Integer, title -> Text, author_id -> Integer } }
diesel::table! { magazines (id) { id -> Integer, author_id -> Integer } }

#[derive(Model)]
#[diesel(table_name = authors)]
pub struct Author {
    pub id: i32,
    pub name: String,
}

#[derive(Model)]
#[diesel(table_name = books)]
#[model(belongs_to(author: Author, foreign_key = magazines::author_id))]
pub struct Book {
    pub id: i32,
    pub title: String,
    pub author_id: i32,
}

fn main() {}
