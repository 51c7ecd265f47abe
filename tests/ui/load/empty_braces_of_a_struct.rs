// expects: nothing is loaded of `Author`
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {}
}

fn main() {
    let _ = AuthorPage::query();
}
