// expects: `Title` does not load `editor`
use upfront::LoadSpec;
use upfront_tests::library::*;

use book::Loaded as _;

#[derive(LoadSpec)]
#[load(Book)]
struct Title {
    title: String,
}

fn edited(book: &Title) -> bool {
    book.editor().is_some()
}

fn main() {}
