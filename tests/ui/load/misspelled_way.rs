// expects: `prefech` is not a way to load `books`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefech books { title } });
}
