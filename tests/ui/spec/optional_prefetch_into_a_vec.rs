// expects: `orders` is an optional prefetch, and a `Vec<OrderCard>` cannot say that it was not asked for
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
    #[load(prefetch, optional)]
    orders: Vec<OrderCard>,
}

fn main() {
    let _ = Buyer::query().request(Buyer::orders);
}
