// expects: what is computed for `book_count` cannot be read into `i32`
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        annotate books.count() as book_count: i32,
    }
}

fn main() {
    let _ = AuthorPage::query();
}
