// expects: this says nothing
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    #[load]
    title: String,
}

fn main() {}
