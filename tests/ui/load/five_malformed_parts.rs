// expects: this does not say what is loaded of `publisher`
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        only(),
        join publisher,
        prefetch books {},
        annotate books.count(),
        books { title },
    }
}

fn main() {
    let _ = AuthorPage::query();
}
