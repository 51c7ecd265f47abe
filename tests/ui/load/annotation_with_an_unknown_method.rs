// expects: `.cuont()` is not computed of a relation
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { annotate books.cuont() as book_count });
}
