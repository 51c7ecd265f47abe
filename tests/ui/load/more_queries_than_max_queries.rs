// expects: `AuthorPage` runs more queries than `max_queries = 1` allows
use upfront::load;
use upfront_tests::library::*;

load! {
    #[load(max_queries = 1)]
    struct AuthorPage: Author {
        name,
        prefetch books { title },
    }
}

fn main() {
    let _ = AuthorPage::query();
}
