// expects: `foto` is not a column of `Profile`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Profile { join author { name, join profile { foto } } });
}
