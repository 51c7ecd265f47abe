// expects: `String` cannot hold prefetched rows of `Book`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books: String });
}
