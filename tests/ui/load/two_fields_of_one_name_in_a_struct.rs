// expects: a second field called `name`
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        name,
        prefetch books as name { title },
    }
}

fn main() {
    let _ = AuthorPage::query();
}
