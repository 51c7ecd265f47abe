// expects: what is computed for `newest` can be `NULL`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { annotate books.max(books::id) as newest: i32 });
}
