// expects: `AuthorPage` is a struct without type, lifetime or const parameters
use upfront::load;

load! {
    struct AuthorPage<T>: Author {
        name,
    }
}

fn main() {
    let _ = AuthorPage::query();
}
