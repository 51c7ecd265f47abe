// expects: `BookCard` runs more queries than `max_queries = 1` allows
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Tag)]
struct TagName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Book, max_queries = 1)]
struct BookCard {
    #[load(prefetch)]
    tags: Vec<TagName>,
}

fn main() {}
