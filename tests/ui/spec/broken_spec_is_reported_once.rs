// expects: `titel` is not a column of `Book`
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
    titel: String,
    #[load(join)]
    autor: AuthorName,
}

#[derive(LoadSpec)]
#[load(Tag)]
struct TagPage {
    #[load(prefetch)]
    books: Vec<BookCard>,
}

fn main() {
    let mut conn = <diesel::SqliteConnection as diesel::Connection>::establish(":memory:").unwrap();
    let books = diesel::RunQueryDsl::load(BookCard::query(), &mut conn).unwrap();
    println!("{}", books[0].titel);
}
