// expects: the type of `.cuont()` cannot be told from its name
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        annotate books.cuont() as book_count,
    }
}

fn main() {
    let _ = AuthorPage::query();
}
