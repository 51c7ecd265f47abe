// expects: no method named `title` found for reference `&Title` in the current scope
use upfront::LoadSpec;
use upfront_tests::library::Book;

#[derive(LoadSpec)]
#[load(Book)]
struct Title {
    title: String,
}

fn print(book: &Title) {
    println!("{}", book.title());
}

fn main() {}
