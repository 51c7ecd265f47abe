// expects: TODO
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
