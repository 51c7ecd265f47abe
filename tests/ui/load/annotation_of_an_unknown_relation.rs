// expects: `boks` is not a relation of `Author`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { annotate boks.count() as book_count });
}
