// expects: `titel` is not a column of `Book`
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    titel: String,
}

fn main() {}
