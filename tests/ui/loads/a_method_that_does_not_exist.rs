// expects: no method named `titel` found for reference `&Title` in the current scope
use upfront::LoadSpec;
use upfront_tests::library::*;

use book::Loaded as _;

#[derive(LoadSpec)]
#[load(Book)]
struct Title {
    title: String,
}

fn print(book: &Title) {
    println!("{}", book.titel());
}

fn main() {}
