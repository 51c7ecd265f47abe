// expects: type mismatch resolving `<books as Relation>::Parent == Book`
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct Title {
    title: String,
}

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    #[load(prefetch = author::books)]
    books: Vec<Title>,
}

fn main() {}
