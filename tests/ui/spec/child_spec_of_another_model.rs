// expects: TODO
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Publisher)]
struct PublisherName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    #[load(join)]
    author: PublisherName,
}

fn main() {}
