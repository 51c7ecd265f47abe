// expects: attempt to use a non-constant value in a constant
#![allow(unused_variables)]
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let name = String::from("Ursula");
    load! {
        struct AuthorPage: Author {
            annotate authors::name.eq(name) as is_she,
        }
    }
    let _ = AuthorPage::query();
}
