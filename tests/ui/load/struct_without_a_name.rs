// expects: the struct has no name
use upfront::load;
use upfront_tests::library::*;

load! {
    struct: Author {
        name,
    }
}

fn main() {}
