// expects: cannot find type `boks` in module `author`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch author::boks { title } });
}
