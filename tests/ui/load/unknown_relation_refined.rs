// expects: `boks` is not a relation of `Author`
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { name, prefetch boks.filter(books::id.gt(3)).limit(2) { title } });
}
