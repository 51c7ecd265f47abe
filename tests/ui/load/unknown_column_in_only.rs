// expects: `nmae` is not a column of `Author`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { only(id, nmae) });
}
