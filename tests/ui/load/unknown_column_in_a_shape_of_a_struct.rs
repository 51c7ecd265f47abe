// expects: `titel` is not a column of `Book`
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        id,
        prefetch books { titel },
    }
}

fn main() {
    let _ = AuthorPage::query();
    let book: Option<AuthorPageBooks> = None;
    let _ = book.unwrap().titel.len();
}
