// expects: this is not the path of a model
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!();
}
