// expects: `join` takes the path of a relation, or nothing
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
    #[load(join(author))]
    author: AuthorName,
}

fn main() {}
