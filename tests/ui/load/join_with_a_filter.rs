// expects: TODO
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { join publisher.filter(publishers::id.eq(1)) { name } });
}
