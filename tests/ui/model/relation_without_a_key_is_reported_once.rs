// expects: no column looks like the key of `writer`: there is no `writer_id`
use upfront::{LoadSpec, Model};

diesel::table! { writers (id) { id -> Integer, name -> Text } }
diesel::table! { books (id) { id -> Integer, title -> Text } }

#[derive(Model)]
#[diesel(table_name = writers)]
#[model(has_many(books: Book))]
struct Writer {
    id: i32,
    name: String,
}

#[derive(Model)]
#[diesel(table_name = books)]
#[model(belongs_to(writer: Writer))]
struct Book {
    id: i32,
    title: String,
}

#[derive(LoadSpec)]
#[load(Writer)]
struct WriterName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    title: String,
    #[load(join)]
    writer: WriterName,
}

fn main() {}
