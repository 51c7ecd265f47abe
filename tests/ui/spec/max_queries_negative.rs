// expects: `max_queries` is a whole number
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book, max_queries = -1)]
struct BookCard {
    title: String,
}

fn main() {}
