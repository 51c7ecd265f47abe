// expects: `book::tags` is a relation of `Book`, not of `Author`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch book::tags { name } });
}
