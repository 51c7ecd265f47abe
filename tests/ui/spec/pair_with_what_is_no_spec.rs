// expects: `Vec<(ProductName, String)>` cannot hold prefetched rows
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Product)]
struct ProductName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Order)]
struct OrderPage {
    #[load(prefetch)]
    products: Vec<(ProductName, String)>,
}

fn main() {}
