// expects: cycle detected when simplifying constant
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec, Clone)]
#[load(Author)]
struct AuthorPage {
    #[load(prefetch)]
    books: Vec<BookPage>,
}

#[derive(LoadSpec, Clone)]
#[load(Book)]
struct BookPage {
    title: String,
    #[load(join)]
    author: AuthorPage,
}

fn main() {}
