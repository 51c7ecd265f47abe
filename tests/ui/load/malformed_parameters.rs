// expects: this is not a list of values for parameters
use upfront::load;
use upfront_tests::library::*;

#[derive(upfront::LoadSpec)]
#[load(Book)]
struct BookCard {
    title: String,
}

fn main() {
    let _ = load!(Author { prefetch books: BookCard params(1 2) });
}
