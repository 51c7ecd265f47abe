// expects: `Vec<AuthorName>` does not fit `author`
use upfront::load;
use upfront_tests::library::*;

#[derive(upfront::LoadSpec)]
#[load(Author)]
struct AuthorName {
    name: String,
}

fn main() {
    let _ = load!(Book { prefetch author: Vec<AuthorName> });
}
