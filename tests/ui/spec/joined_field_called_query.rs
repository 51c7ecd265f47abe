// expects: the field of a relation cannot be called `query`: the spec has a function of this name
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
    #[load(join = author)]
    query: AuthorName,
}

fn main() {}
