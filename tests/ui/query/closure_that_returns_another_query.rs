// expects: the closure does not return the refined query
use diesel::prelude::*;
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
    name: String,
    #[load(prefetch)]
    orders: Vec<OrderCard>,
}

fn main() {}

fn query(conn: &mut SqliteConnection) {
    let _ = Buyer::query().prefetch(Buyer::orders, |_| OrderCard::query()).load(conn);
}
