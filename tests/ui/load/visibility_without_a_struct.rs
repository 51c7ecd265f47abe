// expects: an expression is not seen from elsewhere
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(pub Author { name });
}
