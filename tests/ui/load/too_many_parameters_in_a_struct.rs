// expects: mismatched types
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

load! {
    struct PublisherPage: Publisher {
        prefetch authors: AuthorFrom params(1, 2),
    }
}

fn main() {
    let _ = PublisherPage::query();
}
