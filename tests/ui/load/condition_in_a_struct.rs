// expects: a struct does not know what is true when it is loaded
use upfront::load;
use upfront_tests::library::*;

load! {
    struct Shelf: Author {
        name,
        prefetch books if true { title },
    }
}

fn main() {
    let _ = Shelf::query();
}
