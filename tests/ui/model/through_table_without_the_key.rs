// expects: cannot find type `author_id` in module `written`
use upfront::Model;

diesel::table! { authors (id) { id -> Integer, name -> Text } }
diesel::table! { books (id) { id -> Integer, title -> Text, author_id -> Integer } }
diesel::table! { written (author, book_id) { author -> Integer, book_id -> Integer } }

#[derive(Model)]
#[diesel(table_name = authors)]
#[model(many_to_many(books: Book, through = written))]
pub struct Author {
    pub id: i32,
    pub name: String,
}

#[derive(Model)]
#[diesel(table_name = books)]
pub struct Book {
    pub id: i32,
    pub title: String,
    pub author_id: i32,
}

fn main() {}
