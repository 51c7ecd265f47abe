// expects: `PersonName` is not a row of the table between
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec, Clone)]
#[load(Person)]
struct PersonName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Product)]
struct ProductName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Order)]
struct OrderPage {
    #[load(prefetch)]
    products: Vec<(ProductName, PersonName)>,
}

fn main() {}
