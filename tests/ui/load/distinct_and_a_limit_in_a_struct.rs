// expects: a prefetch is `distinct` or has a `limit`, not both
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        prefetch books.distinct().limit(2) { title },
    }
}

fn main() {
    let _ = AuthorPage::query();
}
