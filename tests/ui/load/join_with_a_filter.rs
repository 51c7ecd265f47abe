// expects: `filter` goes with `prefetch`, and this field is loaded by `join`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { join publisher.filter(publishers::id.eq(1)) { name } });
}
