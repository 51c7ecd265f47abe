// expects: the struct has no name
use upfront::load;

load! {
    struct: Author {
        name,
    }
}

fn main() {}
