// expects: this is not a relation
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books as { title } });
}
