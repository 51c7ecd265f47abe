// expects: `BookCard` is not a model
use upfront::load;
use upfront_tests::library::*;

#[derive(upfront::LoadSpec)]
#[load(Book)]
struct BookCard {
    title: String,
}

fn main() {
    let _ = load!(BookCard { title });
}
