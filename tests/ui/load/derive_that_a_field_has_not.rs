// expects: the trait `Copy` cannot be implemented for this type
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(#[derive(Clone, Copy)] Author { name });
}
