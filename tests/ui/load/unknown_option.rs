// expects: `max_querys` is not an option of a load spec
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
