// expects: `upfront_tests::library::Author` does not load `books`
use upfront_tests::library::*;

use author::Loaded as _;

fn count(author: &Author) -> usize {
    author.books().len()
}

fn main() {}
