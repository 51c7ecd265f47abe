// expects: `limit` is a number of rows, which cannot be negative
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books.limit(-1) { title } });
}
