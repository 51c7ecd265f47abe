// expects: cannot find type `Bok` in this scope
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Bok)]
struct BookCard {
    title: String,
}

fn main() {}
