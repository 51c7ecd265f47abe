// expects: TODO
use upfront::load;
use upfront_tests::library::*;

#[derive(upfront::LoadSpec)]
#[load(Book)]
struct BookCard {
    title: String,
}

load! {
    pub struct AuthorPage: Author {
        prefetch books: BookCard,
    }
}

fn main() {
    let _ = AuthorPage::query();
}
