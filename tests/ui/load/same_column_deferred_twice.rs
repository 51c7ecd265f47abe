// expects: `name` is deferred twice
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { defer(name, name) });
}
