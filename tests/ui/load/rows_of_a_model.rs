// expects: `Vec<upfront_tests::library::Book>` cannot hold prefetched rows of `upfront_tests::library::Book`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books: Vec<Book> });
}
