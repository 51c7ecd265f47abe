// expects: `tags` is a relation, of whose rows something must be computed
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    #[load(annotate = tags)]
    tags: i64,
}

fn main() {}
