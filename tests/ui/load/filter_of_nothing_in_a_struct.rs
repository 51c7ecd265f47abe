// expects: `.filter()` takes one thing between its parentheses
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        prefetch books.filter() { title },
    }
}

fn main() {
    let _ = AuthorPage::query();
}
