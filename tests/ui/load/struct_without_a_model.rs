// expects: `AuthorPage` does not say which model it loads
use upfront::load;

load! {
    struct AuthorPage {
        name,
    }
}

fn main() {
    let _ = AuthorPage::query();
}
