// expects: `Title: RowOf<upfront_tests::library::authors::table>`
use upfront::LoadSpec;
use upfront_tests::library::*;

use author::Loaded as _;

#[derive(LoadSpec)]
#[load(Book)]
struct Title {
    title: String,
}

fn print(book: &Title) {
    println!("{}", book.books().len());
}

fn main() {}
