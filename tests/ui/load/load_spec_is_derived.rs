// expects: TODO
use upfront::{LoadSpec, load};
use upfront_tests::library::*;

load! {
    #[derive(LoadSpec)]
    struct AuthorPage: Author {
        name,
    }
}

fn main() {
    let _ = AuthorPage::query();
}
