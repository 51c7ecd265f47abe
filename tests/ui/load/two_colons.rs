// expects: this does not say how `name` is loaded
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { name:: });
}
