// expects: `.filterr()` does not refine a prefetch
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books.filterr(books::id.eq(1)) { title } });
}
