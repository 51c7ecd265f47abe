// expects: cannot find type `Autor` in this scope
use upfront::load;

load! {
    struct AuthorPage: Autor {
        name,
    }
}

fn main() {
    let _ = AuthorPage::query();
}
