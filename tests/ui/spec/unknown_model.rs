// expects: TODO
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Bok)]
struct BookCard {
    title: String,
}

fn main() {}
