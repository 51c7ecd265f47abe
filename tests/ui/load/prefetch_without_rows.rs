// expects: this does not say what is loaded of `books`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books });
}
