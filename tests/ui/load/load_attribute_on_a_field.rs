// expects: `#[load(..)]` is for the fields of `#[derive(LoadSpec)]`
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        #[load(prefetch)]
        books,
    }
}

fn main() {}
