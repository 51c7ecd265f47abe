// expects: TODO
use upfront::load;
use upfront_tests::library::*;

load! {
    struct: Author {
        name,
    }
}

fn main() {}
