// expects: `Vec<AuthorName>` cannot hold a joined row of `upfront_tests::library::Author`
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
    #[load(join)]
    author: Vec<AuthorName>,
}

fn main() {}
