// expects: `Title` does not load `subtitle`
use upfront::LoadSpec;
use upfront_tests::library::*;

use book::Loaded as _;

#[derive(LoadSpec)]
#[load(Book)]
struct Title {
    title: String,
}

fn heading(book: &Title) -> &str {
    book.subtitle().as_deref().unwrap_or(&book.title)
}

fn main() {}
