// expects: what is computed for `weight` can be `NULL`
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Product)]
struct ProductPage {
    #[load(annotate = products::weight + 1)]
    weight: i32,
}

fn main() {}
