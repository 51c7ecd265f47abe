// expects: before braces stands a model, and no more
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books: Vec<Book> { title } });
}
