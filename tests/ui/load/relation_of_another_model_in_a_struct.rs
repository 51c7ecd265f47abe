// expects: `book::tags` is a relation of `Book`, not of `Author`
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
