// expects: `title` is not a column of `upfront_tests::library::Author`
use diesel::prelude::*;
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Author)]
struct AuthorName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    title: String,
    #[load(join)]
    author: AuthorName,
}

fn main() {}

fn query(conn: &mut SqliteConnection) {
    let _ = BookCard::query().order(BookCard::author.field(books::title)).load(conn);
}
