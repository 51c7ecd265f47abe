// expects: `column_name` needs a value
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct BookName {
    #[diesel(column_name: title)]
    name: String,
}

fn main() {}
