// expects: `max()` takes one thing between its parentheses
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { annotate books.max() as newest });
}
