// expects: `max_query` is not an option of a load spec
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book, max_query = 1)]
struct BookCard {
    title: String,
}

fn main() {}
