// expects: what is loaded is a struct
use upfront::load;
use upfront_tests::library::*;

load! {
    enum AuthorPage: Author {
        name,
    }
}

fn main() {}
