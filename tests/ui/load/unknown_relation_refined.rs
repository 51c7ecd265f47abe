// expects: TODO
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { name, prefetch boks.filter(books::id.gt(3)).limit(2) { title } });
}
