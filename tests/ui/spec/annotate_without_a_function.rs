// expects: this is not something that can be annotated
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    #[load(annotate = tags)]
    tags: i64,
}

fn main() {}
