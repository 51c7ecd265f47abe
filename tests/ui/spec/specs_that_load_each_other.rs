// expects: TODO
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Author)]
struct AuthorPage {
    name: String,
    #[load(prefetch)]
    books: Vec<BookPage>,
}

#[derive(LoadSpec)]
#[load(Book)]
struct BookPage {
    title: String,
    #[load(join)]
    author: Option<Box<AuthorPage>>,
}

fn main() {}
