// expects: `#[derive(LoadSpec)]` is for structs without type, lifetime or const parameters
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard<'a> {
    title: &'a str,
}

fn main() {}
