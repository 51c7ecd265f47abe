// expects: TODO
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books.then_order_by(books::id) { title } });
}
