// expects: what is computed for `tagged` cannot be read into `i64`
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    #[load(annotate = tags.exists())]
    tagged: i64,
}

fn main() {}
