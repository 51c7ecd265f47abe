// expects: this does not say how `books` is loaded
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { books.count() as book_count });
}
