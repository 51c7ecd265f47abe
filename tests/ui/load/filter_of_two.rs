// expects: this method takes 1 argument but 2 arguments were supplied
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books.filter(books::id.eq(1), books::id.eq(2)) { title } });
}
