// expects: `then_order_by` comes after an order, and there is none
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        prefetch books.then_order_by(books::id) { title },
    }
}

fn main() {
    let _ = AuthorPage::query();
}
