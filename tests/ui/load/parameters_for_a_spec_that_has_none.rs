// expects: mismatched types
use upfront::load;
use upfront_tests::library::*;

#[derive(upfront::LoadSpec)]
#[load(Book)]
struct BookCard {
    title: String,
}

fn main() {
    let _ = load!(Author { prefetch books: BookCard params(1) });
}
