// expects: this does not say what is loaded of `Author`
use upfront::load;

load! {
    struct AuthorPage: Author;
}

fn main() {}
