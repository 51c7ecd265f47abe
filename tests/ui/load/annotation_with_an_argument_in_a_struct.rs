// expects: `count()` takes nothing between its parentheses
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        annotate books.count(books::id) as book_count,
    }
}

fn main() {
    let _ = AuthorPage::query();
}
