// expects: this expression is not a condition
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books.filter(books::id) { title } });
}
