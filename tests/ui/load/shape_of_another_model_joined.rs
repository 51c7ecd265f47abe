// expects: `publisher` leads to `Publisher`, not to `Tag`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { join publisher: Tag { * } });
}
