// expects: `boks` is not a relation of `Author`
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        annotate boks.count() as book_count,
    }
}

fn main() {
    let _ = AuthorPage::query();
}
