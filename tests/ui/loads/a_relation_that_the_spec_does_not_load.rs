// expects: `AuthorName` does not load `upfront_tests::library::author::books`
use upfront::{LoadSpec, Loads};
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Author)]
struct AuthorName {
    name: String,
}

fn shelf(_: &impl Loads<author::books>) {}

fn page(author: &AuthorName) {
    shelf(author);
}

fn main() {}
