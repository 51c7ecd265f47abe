// expects: TODO
use upfront::Loads;
use upfront_tests::library::*;

fn shelf(_: &impl Loads<author::reviews>) {}

fn main() {}
