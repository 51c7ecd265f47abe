// expects: expected value, found module `books`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { annotate books as book_count });
}
