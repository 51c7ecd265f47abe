// expects: mismatched types
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let with_books = Some(true);
    let _ = load!(Author { name, prefetch books if with_books { title } });
}
