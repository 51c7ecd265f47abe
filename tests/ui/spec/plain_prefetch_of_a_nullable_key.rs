// expects: `publisher` may lead to no row
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec, Clone)]
#[load(Publisher)]
struct PublisherName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Author)]
struct AuthorCard {
    #[load(prefetch)]
    publisher: PublisherName,
}

fn main() {}
