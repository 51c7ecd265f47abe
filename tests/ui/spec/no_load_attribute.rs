// expects: `BookCard` does not say which model it loads
use upfront::LoadSpec;

#[derive(LoadSpec)]

struct BookCard {
    title: String,
}

fn main() {}
