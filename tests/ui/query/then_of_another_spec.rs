// expects: `AuthorCard` is not the spec that is joined here
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
#[load(Author)]
struct AuthorCard {
    #[load(join)]
    publisher: Option<PublisherName>,
}

#[derive(LoadSpec)]
#[load(Publisher)]
struct PublisherName {
    name: String,
}

fn main() {}

fn query(conn: &mut SqliteConnection) {
    let _ = BookCard::query()
        .order(BookCard::author.then(AuthorCard::publisher).field(publishers::name))
        .load(conn);
}
