// expects: `Title` does not load `author`
use upfront::LoadSpec;
use upfront_tests::library::*;

use book::Loaded as _;

#[derive(LoadSpec)]
#[load(Book)]
struct Title {
    title: String,
}

fn line(book: &Title) -> String {
    format!("{} by {}", book.title, book.author().name)
}

fn main() {}
