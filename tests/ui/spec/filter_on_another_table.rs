// expects: a query of `OrderCard` does not have all the columns of this expression
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Order)]
struct OrderCard {
    placed: i32,
}

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(prefetch, filter = products::name.eq("axe"))]
    orders: Vec<OrderCard>,
}

fn main() {}
