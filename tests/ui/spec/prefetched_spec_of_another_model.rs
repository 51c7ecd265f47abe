// expects: `Vec<AuthorName>` cannot hold prefetched rows of `Tag`
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
    tags: Vec<AuthorName>,
}

fn main() {}
