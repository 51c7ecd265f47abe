// expects: TODO
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        prefetch book::tags { name },
    }
}

fn main() {
    let _ = AuthorPage::query();
}
