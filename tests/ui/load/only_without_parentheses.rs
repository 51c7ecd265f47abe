// expects: `only` takes the names of columns
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { only id, name });
}
