// expects: `column_name` is for columns, and this field is loaded by `join`
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Author)]
struct AuthorName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    #[load(join)]
    #[diesel(column_name = author_id)]
    author: AuthorName,
}

fn main() {}
