// expects: derive `Clone` for `AuthorName` and for what it prefetches, or load it with `join`
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
    editor: Option<AuthorName>,
}

fn main() {}
