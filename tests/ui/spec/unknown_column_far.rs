// expects: `price` is not a column of `Book`
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    price: i32,
}

fn main() {}
