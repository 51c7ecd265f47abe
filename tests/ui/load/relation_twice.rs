// expects: a second field called `books`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books { id }, prefetch books { title } });
}
