// expects: what is loaded is a struct
use upfront::load;

load! {
    enum AuthorPage: Author {
        name,
    }
}

fn main() {}
