// expects: `books.id` cannot be the `target_references` of `authors`: it is not a column of the table of `Author`
use upfront::Model;

diesel::table! { authors (id) { id -> Integer, name -> Text } }
diesel::table! { books (id) { id -> Integer, title -> Text, author_id -> Integer } }
diesel::table! { book_authors (book_id, author_id) { book_id -> Integer, author_id -> Integer } }
diesel::table! { book_editors (book_id, author_id) { book_id -> Integer, author_id -> Integer } }

#[derive(Model)]
#[diesel(table_name = authors)]
pub struct Author {
    pub id: i32,
    pub name: String,
}

#[derive(Model)]
#[diesel(table_name = books)]
#[model(many_to_many(authors: Author, through = book_authors, target_references = books::id))]
pub struct Book {
    pub id: i32,
    pub title: String,
    pub author_id: i32,
}

fn main() {}
