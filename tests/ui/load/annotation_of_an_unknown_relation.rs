// expects: TODO
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { annotate boks.count() as book_count });
}
