// expects: this is not a part of what is loaded
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { 1, name });
}
