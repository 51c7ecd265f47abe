// expects: write `prefetch`, or `prefetch = tags`
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Tag)]
struct TagName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    #[load(prefetch(tags))]
    labels: Vec<TagName>,
}

fn main() {}
