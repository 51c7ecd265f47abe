// expects: cannot find type `BokCard` in this scope
use upfront::load;
use upfront_tests::library::*;

#[derive(upfront::LoadSpec)]
#[load(Book)]
struct BookCard {
    title: String,
}

fn main() {
    let _ = load!(Author { prefetch books: Vec<BokCard> });
}
