// expects: `Option<String>` cannot hold a joined row of `Publisher`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { join publisher: Option<String> });
}
