// expects: this does not say what is loaded of `Author`
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author;
}

fn main() {}
