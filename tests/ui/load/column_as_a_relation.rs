// expects: `name` is a column of `Author`, not a relation
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch name { title } });
}
