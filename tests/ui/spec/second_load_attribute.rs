// expects: a second `#[load(..)]` on one struct
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
#[load(max_queries = 1)]
struct BookCard {
    title: String,
}

fn main() {}
