// expects: attempt to use a non-constant value in a constant
#![allow(unused_variables)]
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let least = 3;
    load! {
        struct AuthorPage: Author {
            prefetch books.filter(books::id.gt(least)) { title },
        }
    }
    let _ = AuthorPage::query();
}
