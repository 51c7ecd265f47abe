// expects: type mismatch resolving `<Shelf as Loads<books>>::Value == Vec<String>`
use upfront::{LoadSpec, Loads};
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct Title {
    title: String,
}

#[derive(LoadSpec)]
#[load(Author)]
struct Shelf {
    #[load(prefetch)]
    books: Vec<Title>,
}

fn first(_: &impl Loads<author::books, Value = Vec<String>>) {}

fn page(shelf: &Shelf) {
    first(shelf);
}

fn main() {}
