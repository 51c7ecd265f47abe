// expects: nothing stands behind the braces
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { name }, Book { title });
}
