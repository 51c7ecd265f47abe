// expects: no field `subtitle` on type `&Title`
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct Title {
    title: String,
}

fn print(book: &Title) {
    println!("{}", book.subtitle.as_deref().unwrap_or_default());
}

fn main() {}
