// expects: this is not the path of a model
use upfront::LoadSpec;

#[derive(LoadSpec)]
#[load(max_queries = 3, Book)]
struct BookCard {
    title: String,
}

fn main() {}
