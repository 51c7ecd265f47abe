// expects: `books` leads to `Book`, not to `Tag`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books: Tag { name } });
}
