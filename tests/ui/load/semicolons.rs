// expects: a comma is missing here
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { id; name });
}
