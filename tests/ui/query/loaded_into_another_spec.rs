// expects: mismatched types
use diesel::prelude::*;
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct Title {
    title: String,
}

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
    let _: Vec<BookCard> = Title::query().load(conn).unwrap();
}
