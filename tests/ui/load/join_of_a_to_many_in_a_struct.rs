// expects: TODO
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
