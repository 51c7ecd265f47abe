// expects: what is computed for `book_count` cannot be read into `String`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { annotate books.count() as book_count: String });
}
