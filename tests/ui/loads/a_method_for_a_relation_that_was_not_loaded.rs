// expects: `Title` does not load `tags`, or not the whole of it
use upfront::LoadSpec;
use upfront_tests::library::*;

use book::Loaded as _;

#[derive(LoadSpec)]
#[load(Book)]
struct Title {
    title: String,
}

fn print(book: &Title) {
    println!("{}", book.tags().len());
}

fn main() {}
