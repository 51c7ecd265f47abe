// expects: cannot find type `Autor` in this scope
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Autor {
        name,
    }
}

fn main() {
    let _ = AuthorPage::query();
}
