// expects: TODO
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
