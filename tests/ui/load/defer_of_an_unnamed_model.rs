// expects: the columns of `books` are not known here, because its model is not named
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books { defer(title) } });
}
