// expects: TODO
use upfront::load;
use upfront_tests::library::*;

load! {
    #[load(max_querys = 3)]
    struct AuthorPage: Author {
        name,
    }
}

fn main() {
    let _ = AuthorPage::query();
}
