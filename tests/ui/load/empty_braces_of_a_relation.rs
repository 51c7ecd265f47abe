// expects: nothing is loaded of `books`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { name, prefetch books {} });
}
