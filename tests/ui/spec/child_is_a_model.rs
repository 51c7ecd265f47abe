// expects: `upfront_tests::library::Author` cannot hold a joined row of `upfront_tests::library::Author`
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct BookCard {
    #[load(join)]
    author: Author,
}

fn main() {}
