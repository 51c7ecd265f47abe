// expects: `sum` and `avg` are of numbers
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Order)]
struct Buyer {
    #[load(annotate = products.avg(products::name))]
    avg: Option<f64>,
}

fn main() {}
