// expects: `#[derive(LoadSpec)]` is for structs with named fields
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard(String);

fn main() {}
