// expects: `books` is a relation of `Author`, not a column
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { only(id, books) });
}
