// expects: several rows may share one row of `author`, and each gets its own copy
use upfront::load;
use upfront_tests::library::*;

load! {
    struct BookPage: Book {
        prefetch author { name },
    }
}

fn main() {
    let _ = BookPage::query();
}
