// expects: parameters are for a struct with a name
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(#[load(params(least: i32))] Author { name });
}
