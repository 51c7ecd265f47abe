// expects: no method named `then` found
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

#[derive(LoadSpec)]
#[load(Line)]
struct LineCard {
    quantity: i32,
}

fn main() {}

fn query(conn: &mut SqliteConnection) {
    let _ = Buyer::query().prefetch(Buyer::orders.then(Buyer::orders), |orders| orders.limit(5)).load(conn);
}
