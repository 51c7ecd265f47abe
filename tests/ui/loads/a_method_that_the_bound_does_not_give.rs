// expects: `A` does not load `books`
use upfront::Loads;
use upfront_tests::library::*;

use author::Loaded as _;

fn line<A>(author: &A) -> String
where
    A: Loads<authors::name, Value = String>,
{
    format!("{}: {:?}", author.name(), author.books())
}

fn main() {}
