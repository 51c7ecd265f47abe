// expects: the column of `subtitle` can be `NULL`
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    subtitle: String,
}

fn main() {}
