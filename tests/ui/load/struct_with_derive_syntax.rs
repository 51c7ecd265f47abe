// expects: `AuthorPage` does not say which model it loads
use upfront::load;
use upfront_tests::library::*;

#[derive(upfront::LoadSpec)]
#[load(Book)]
struct BookCard {
    title: String,
}

load! {
    struct AuthorPage {
        name: String,
        books: Vec<BookCard>,
    }
}

fn main() {}
