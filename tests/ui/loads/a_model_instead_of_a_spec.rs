// expects: `upfront_tests::library::Author` does not load `upfront_tests::library::author::books`
use upfront::Loads;
use upfront_tests::library::*;

fn shelf(_: &impl Loads<author::books>) {}

fn page(author: &Author) {
    shelf(author);
}

fn main() {}
