// expects: `jion` is not a way to load a field
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Author)]
struct AuthorName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Tag)]
struct TagName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    #[load(jion)]
    author: AuthorName,
    #[load(prefetch, limti = 5)]
    tags: Vec<TagName>,
    #[load(annotate = tags.size())]
    size: i64,
    #[load(prefetch tags)]
    labels: Vec<TagName>,
    titel: String,
}

fn main() {}
