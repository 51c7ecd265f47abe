// expects: `title` is a column of `Book`, not a relation
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    #[load(annotate = title.count())]
    titles: i64,
}

fn main() {}
