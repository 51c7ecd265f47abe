// expects: `.filterr()` does not refine a prefetch
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        prefetch books.filterr(books::id.eq(1)) { title },
    }
}

fn main() {
    let _ = AuthorPage::query();
}
