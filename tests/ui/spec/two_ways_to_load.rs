// expects: `prefetch` does not go with the rest of this attribute
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
    #[load(join, prefetch)]
    author: AuthorName,
}

fn main() {}
