// expects: `AuthorPage` loads itself, and would never come to an end
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        prefetch books { prefetch author: AuthorPage },
    }
}

fn main() {
    let _ = AuthorPage::query();
}
