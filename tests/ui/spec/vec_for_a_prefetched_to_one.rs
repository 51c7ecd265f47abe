// expects: `Vec<AuthorName>` does not fit `author`
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec, Clone)]
#[load(Author)]
struct AuthorName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    #[load(prefetch)]
    author: Vec<AuthorName>,
}

fn main() {}
