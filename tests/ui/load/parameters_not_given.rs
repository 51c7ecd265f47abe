// expects: `AuthorFrom` has parameters, which are not given here
use upfront::load;
use upfront_tests::library::*;

#[derive(upfront::LoadSpec)]
#[load(Book)]
struct BookCard {
    title: String,
}

#[derive(upfront::LoadSpec)]
#[load(Author, params(least: i32))]
struct AuthorFrom {
    name: String,
    #[load(prefetch, filter = books::id.ge(least))]
    books: Vec<BookCard>,
}

fn main() {
    let _ = load!(Publisher { prefetch authors: AuthorFrom });
}
