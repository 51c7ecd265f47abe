// expects: `author` leads to one row at the most, and `order_by` is for many
use upfront::load;
use upfront_tests::library::*;

load! {
    #[derive(Clone)]
    struct BookPage: Book {
        prefetch author.order_by(authors::name) { name },
    }
}

fn main() {
    let _ = BookPage::query();
}
