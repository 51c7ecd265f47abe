// expects: what is loaded on request is a `Requested` by itself
use upfront::{LoadSpec, load};
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    title: String,
}

load! {
    struct Shelf: Author {
        name,
        optional prefetch books: upfront::Requested<Vec<BookCard>>,
    }
}

fn main() {
    let shelf: Option<Shelf> = None;
    let _ = shelf.map(|shelf| shelf.books.is_requested());
    let _ = Shelf::query();
}
