// expects: `PublisherName` cannot hold a joined row of `Author`
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
