// expects: the method `edited` exists for reference `&A`, but its trait bounds were not satisfied
use upfront_tests::library::*;

use author::Loaded as _;

fn edited<A>(author: &A) {
    author.edited();
}

fn main() {}
