// expects: this does not say what is computed
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { annotate });
}
