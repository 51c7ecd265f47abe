// expects: no method named `len` found for enum `Requested<T>`
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn count(with_books: bool, conn: &mut SqliteConnection) -> QueryResult<usize> {
    let authors = load!(Author { name, prefetch books if with_books { title } }).load(conn)?;
    Ok(authors.iter().map(|author| author.books.len()).sum())
}

fn main() {
    let _ = count;
}
