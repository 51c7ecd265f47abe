// expects: `#[derive(LoadSpec)]` needs at least one field
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {}

fn main() {}
