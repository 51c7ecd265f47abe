// expects: the `?` operator can only be used in a function that returns `Result` or `Option` (or another type that implements `FromResidual`)
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { name, prefetch books.filter(books::id.gt("3".parse::<i32>()?)) { title } });
}
