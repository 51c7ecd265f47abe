// expects: a join is part of the query, and is read in every load
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { name, join publisher if true { name } });
}
