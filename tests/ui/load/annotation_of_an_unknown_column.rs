// expects: cannot find type `nmae` in module `authors`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { annotate authors::nmae as shown });
}
