// expects: cannot find type `reviews` in module `author`
use upfront::Loads;
use upfront_tests::library::*;

fn shelf(_: &impl Loads<author::reviews>) {}

fn main() {}
