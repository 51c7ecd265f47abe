// expects: several rows may join the same row of `author`, and each gets its own copy of what is prefetched below
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
