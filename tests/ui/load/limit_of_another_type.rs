// expects: mismatched types
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books.limit("five") { title } });
}
