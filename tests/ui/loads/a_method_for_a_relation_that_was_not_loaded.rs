// expects: no method named `tags` found for reference `&Title` in the current scope
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct Title {
    title: String,
}

fn print(book: &Title) {
    println!("{}", book.tags().len());
}

fn main() {}
