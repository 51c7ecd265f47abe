// expects: this does not say what is loaded of `publisher`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { join publisher });
}
