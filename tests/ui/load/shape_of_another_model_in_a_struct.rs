// expects: `books` leads to `Book`, not to `Tag`
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
