// expects: TODO
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

#[derive(LoadSpec)]
#[load(Book)]
struct Title {
    title: String,
}

fn main() {}

fn query(conn: &mut SqliteConnection) {
    let _ = Title::query().filter(BookCard::author.field(authors::name).eq("Jane")).load(conn);
}
