// expects: the column of `title` cannot be read into `i32`
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    #[diesel(deserialize_as = i32)]
    title: i64,
}

fn main() {}
