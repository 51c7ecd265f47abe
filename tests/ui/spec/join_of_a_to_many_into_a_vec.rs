// expects: `Vec<TagName>` cannot hold a joined row of `upfront_tests::library::Tag`
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
    #[load(join)]
    tags: Vec<TagName>,
}

fn main() {}
