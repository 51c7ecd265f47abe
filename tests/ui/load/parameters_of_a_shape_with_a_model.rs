// expects: `params(..)` is for a load spec that is named, and here its fields are
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books: Book { title } params(1) });
}
