// expects: what is computed has no name
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { annotate books.count() });
}
