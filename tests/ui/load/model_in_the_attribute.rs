// expects: `Author` is not an option of a load spec
use upfront::load;
use upfront_tests::library::*;

load! {
    #[load(Author)]
    struct AuthorPage: Author {
        name,
    }
}

fn main() {
    let _ = AuthorPage::query();
}
