// expects: TODO
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author;
}

fn main() {}
