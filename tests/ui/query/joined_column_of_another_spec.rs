// expects: a query of `BookPage` does not have all the columns of this expression
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
struct BookPage {
    title: String,
    #[load(join)]
    author: AuthorName,
}

fn main() {}

fn query(conn: &mut SqliteConnection) {
    let _ = BookPage::query().filter(BookCard::author.field(authors::name).eq("Ann")).load(conn);
}
