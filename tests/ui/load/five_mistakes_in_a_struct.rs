// expects: what is computed has no name
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        biography,
        join publsher { name },
        prefetch books.filterr(books::id.gt(3)) { title },
        annotate edited.count(),
        only(),
    }
}

fn main() {
    let _ = AuthorPage::query();
}
