// expects: cannot find type `pages` in module `books`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { annotate books.max(books::pages) as most });
}
