// expects: the table of `upfront_tests::library::Author` does not have all the columns of this expression
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { annotate tags::name as tag });
}
