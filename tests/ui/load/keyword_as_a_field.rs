// expects: a field cannot be called `type`, which is a keyword
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { name as type });
}
