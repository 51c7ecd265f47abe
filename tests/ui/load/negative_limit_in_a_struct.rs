// expects: `limit` is a number of rows, which cannot be negative
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        prefetch books.limit(-1) { title },
    }
}

fn main() {
    let _ = AuthorPage::query();
}
