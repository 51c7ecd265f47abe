// expects: `join` is not for a selection of columns
use upfront::columns;
use upfront_tests::library::*;

columns! {
    struct AuthorCard: Author { name, join publisher { name } }
}

fn main() {
    let _: Option<AuthorCard> = None;
}
