// expects: TODO
use upfront::load;
use upfront_tests::library::*;

load! {
    enum AuthorPage: Author {
        name,
    }
}

fn main() {}
