// expects: TODO
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct Title {
    title: String,
}

#[derive(LoadSpec)]
#[load(Author)]
struct AuthorPage {
    #[load(prefetch)]
    books: Vec<Title>,
}

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    #[load(join)]
    author: AuthorPage,
}

fn main() {}
