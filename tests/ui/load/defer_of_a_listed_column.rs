// expects: `name` is deferred, and it is loaded
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { name, defer(name) });
}
