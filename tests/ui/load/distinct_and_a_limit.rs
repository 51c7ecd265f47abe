// expects: a prefetch is `distinct` or has a `limit`, not both
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books.distinct().limit(2) { title } });
}
