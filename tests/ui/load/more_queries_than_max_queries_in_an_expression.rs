// expects: TODO
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(#[load(max_queries = 1)] Author { name, prefetch books { title } });
}
