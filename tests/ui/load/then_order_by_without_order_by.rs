// expects: `.then_order_by()` comes after an order, and there is none
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books.then_order_by(books::id) { title } });
}
