// expects: `upfront_tests::library::Author` does not load `title`
use upfront::Loads;
use upfront_tests::library::*;

fn shelf(_: &impl Loads<books::title>) {}

fn page(author: &Author) {
    shelf(author);
}

fn main() {}
