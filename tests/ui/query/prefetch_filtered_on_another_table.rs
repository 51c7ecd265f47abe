// expects: a query of `OrderCard` does not have all the columns of this expression
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
    let _ = Buyer::query().prefetch(Buyer::orders, |orders| orders.filter(products::name.eq("axe"))).load(conn);
}
