// expects: `upfront_tests::library::book::author` leads to one row at the most, which nothing cuts
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Book { prefetch author.limit(1) { name } });
}
