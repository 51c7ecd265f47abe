// expects: cannot find type `Bok` in this scope
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books: Bok { title } });
}
