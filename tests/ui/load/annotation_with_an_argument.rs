// expects: `count()` takes nothing between its parentheses
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { annotate books.count(books::id) as book_count });
}
