// expects: all columns are loaded, and `only` says which
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { only(id), defer(name) });
}
