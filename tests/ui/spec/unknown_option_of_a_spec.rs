// expects: TODO
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book, max_query = 1)]
struct BookCard {
    title: String,
}

fn main() {}
