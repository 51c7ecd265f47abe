// expects: TODO
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        prefetch books: Tag { * },
    }
}

fn main() {
    let _ = AuthorPage::query();
}
