// expects: what is `optional` is loaded where the query asks for it: leave the condition out
use upfront::load;
use upfront_tests::library::*;

load! {
    struct Shelf: Author {
        name,
        optional prefetch books if true { title },
    }
}

fn main() {
    let _ = Shelf::query();
}
