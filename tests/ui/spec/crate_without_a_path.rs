// expects: `crate` needs a value
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book, crate)]
struct BookCard {
    title: String,
}

fn main() {}
