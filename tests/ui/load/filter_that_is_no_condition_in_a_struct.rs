// expects: this expression is not a condition
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        prefetch books.filter(books::id) { title },
    }
}

fn main() {
    let _ = AuthorPage::query();
}
