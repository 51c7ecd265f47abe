// expects: the column of `name` cannot be read into `i32`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { name: i32 });
}
