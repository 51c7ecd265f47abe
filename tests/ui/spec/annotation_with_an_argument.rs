// expects: `count()` takes nothing between its parentheses
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    #[load(annotate = tags.count(tags::id))]
    tags: i64,
}

fn main() {}
