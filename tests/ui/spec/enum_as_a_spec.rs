// expects: TODO
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
enum BookCard {
    Title(String),
}

fn main() {}
