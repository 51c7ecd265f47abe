// expects: `Vec<String>` cannot hold prefetched rows of `Tag`
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    #[load(prefetch)]
    tags: Vec<String>,
}

fn main() {}
