// expects: `.select()` does not refine a prefetch
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books.select(books::id) { title } });
}
