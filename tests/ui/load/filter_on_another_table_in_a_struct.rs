// expects: a query of `AuthorPageBooks` does not have all the columns of this expression
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        prefetch books.filter(tags::id.eq(1)) { title },
    }
}

fn main() {
    let _ = AuthorPage::query();
}
