// expects: this is not the name of a column
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct BookName {
    #[diesel(column_name = "the title")]
    name: String,
}

fn main() {}
