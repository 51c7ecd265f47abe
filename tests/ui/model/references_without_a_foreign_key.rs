// expects: `books` says what is referred to, but not by which key
use upfront::Model;

diesel::table! { authors (id) { id -> Integer, code -> Integer } }
diesel::table! { books (id) { id -> Integer, title -> Text, author_id -> Integer } }

#[derive(Model)]
#[diesel(table_name = authors)]
#[model(has_many(books: Book, references = code))]
pub struct Author {
    pub id: i32,
    pub code: i32,
}

#[derive(Model)]
#[diesel(table_name = books)]
#[model(belongs_to(author: Author))]
pub struct Book {
    pub id: i32,
    pub title: String,
    pub author_id: i32,
}

fn main() {}
