// expects: a relation that leads to one row at the most has nothing to order
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Book { prefetch author.order_by(authors::name) { name } });
}
