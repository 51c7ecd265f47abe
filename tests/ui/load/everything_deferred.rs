// expects: nothing is loaded of `Author`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { defer(id, name, publisher_id) });
}
