// expects: a field is loaded in one way: it has one `#[load(..)]`
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
    #[load(prefetch)]
    author: AuthorName,
}

fn main() {}
