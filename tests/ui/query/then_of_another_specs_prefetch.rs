// expects: is not the spec that is joined here
use diesel::prelude::*;
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec, Clone)]
#[load(Order)]
struct OrderCard {
    placed: i32,
}

#[derive(LoadSpec, Clone)]
#[load(Person)]
struct PersonName {
    name: String,
}

#[derive(LoadSpec, Clone)]
#[load(Person)]
struct Buyer {
    name: String,
    #[load(prefetch)]
    orders: Vec<OrderCard>,
}

#[derive(LoadSpec)]
#[load(Order)]
struct OrderPage {
    placed: i32,
    #[load(join)]
    person: PersonName,
}

fn main() {}

fn query(conn: &mut SqliteConnection) {
    let _ = OrderPage::query().prefetch(OrderPage::person.then(Buyer::orders), |orders| orders.limit(5)).load(conn);
}
