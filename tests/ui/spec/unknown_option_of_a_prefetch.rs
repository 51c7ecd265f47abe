// expects: `fliter` is not an option of a prefetch
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
    #[load(prefetch, fliter = orders::open.eq(true))]
    orders: Vec<OrderCard>,
}

fn main() {}
