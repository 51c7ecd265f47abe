// expects: `sum()` cannot be computed of a relation
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    #[load(annotate = tags.sum())]
    tags: i64,
}

fn main() {}
