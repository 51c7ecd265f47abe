// expects: `annotate` needs what is computed
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    #[load(annotate)]
    tags: i64,
}

fn main() {}
