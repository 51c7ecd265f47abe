// expects: TODO
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
