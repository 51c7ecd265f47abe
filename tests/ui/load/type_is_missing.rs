// expects: the type is missing here
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { name: });
}
