// expects: all columns are loaded already
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { defer(name), defer(id) });
}
