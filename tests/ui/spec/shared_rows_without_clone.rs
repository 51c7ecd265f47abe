// expects: several rows may share one row of `author`, and each gets its own copy
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
    #[load(prefetch)]
    author: AuthorName,
}

fn main() {}
