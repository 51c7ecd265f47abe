// expects: a field is loaded in one way: by one of `join`, `prefetch` and `annotate`
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
