// expects: TODO
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        join publisher as query { name },
    }
}

fn main() {}
