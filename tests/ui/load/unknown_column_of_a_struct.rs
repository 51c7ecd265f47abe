// expects: `nmae` is not a column of `Author`
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        id,
        nmae,
    }
}

fn main() {
    let _ = AuthorPage::query();
}
