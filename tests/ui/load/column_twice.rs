// expects: a second field called `name`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { name, name });
}
