// expects: cannot find type `autor` in module `book`
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
    #[load(join = book::autor)]
    by: AuthorName,
}

fn main() {}
