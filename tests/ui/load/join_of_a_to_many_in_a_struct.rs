// expects: `books` leads to any number of rows, and a join reads one
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        join books { title },
    }
}

fn main() {
    let _ = AuthorPage::query();
}
