// expects: `titel` is not a column of `Book`
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    #[diesel(column_name = titel)]
    heading: String,
}

fn main() {}
