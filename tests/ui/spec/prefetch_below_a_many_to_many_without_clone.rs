// expects: several rows may share one row of `tags`, and each gets its own copy of what is prefetched below
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct Title {
    title: String,
}

#[derive(LoadSpec)]
#[load(Tag)]
struct TagPage {
    #[load(prefetch)]
    books: Vec<Title>,
}

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    #[load(prefetch)]
    tags: Vec<TagPage>,
}

fn main() {}
