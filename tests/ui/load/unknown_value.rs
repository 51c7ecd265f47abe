// expects: cannot find value `leest` in this scope
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { name, prefetch books.filter(books::id.gt(leest)) { title } });
}
