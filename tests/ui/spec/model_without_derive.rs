// expects: `Book` is not a model
use upfront::LoadSpec;

struct Book {
    title: String,
}

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    title: String,
}

fn main() {}
