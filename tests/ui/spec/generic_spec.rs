// expects: TODO
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard<'a> {
    title: &'a str,
}

fn main() {}
