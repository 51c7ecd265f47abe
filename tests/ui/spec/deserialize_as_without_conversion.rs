// expects: the trait bound `Heading: From<String>` is not satisfied
use upfront::LoadSpec;
use upfront_tests::library::*;

struct Heading(String);

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    #[diesel(deserialize_as = String)]
    title: Heading,
}

fn main() {}
