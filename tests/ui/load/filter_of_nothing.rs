// expects: this method takes 1 argument but 0 arguments were supplied
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books.filter() { title } });
}
