// expects: the name of the field is missing
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books as { title } });
}
