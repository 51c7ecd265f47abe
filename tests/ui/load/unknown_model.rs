// expects: cannot find type `Autor` in this scope
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Autor { name });
}
