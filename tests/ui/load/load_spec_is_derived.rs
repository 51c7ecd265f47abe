// expects: `load!` makes a load spec without being asked
use upfront::load;
use upfront_tests::library::*;

load! {
    #[derive(Debug, upfront::LoadSpec)]
    struct AuthorPage: Author {
        name,
    }
}

fn main() {
    let _ = AuthorPage::query();
}
