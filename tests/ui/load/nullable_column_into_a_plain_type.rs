// expects: the column of `publisher_id` can be `NULL`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { publisher_id: i32 });
}
