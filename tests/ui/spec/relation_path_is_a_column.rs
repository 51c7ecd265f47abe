// expects: `upfront_tests::library::books::author_id` is not a relation
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
    #[load(join = books::author_id)]
    author: AuthorName,
}

fn main() {}
