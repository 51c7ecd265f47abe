// expects: the field of a relation cannot be called `query`: the spec has a function of this name
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        join publisher as query { name },
    }
}

fn main() {}
