// expects: what is computed for `tags` cannot be read into `i32`
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    #[load(annotate = tags.count())]
    tags: i32,
}

fn main() {}
