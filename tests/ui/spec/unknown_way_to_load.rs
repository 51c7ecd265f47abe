// expects: `prefech` is not a way to load a field
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
    #[load(prefech)]
    tags: Vec<TagName>,
}

fn main() {}
