// expects: a relation that leads to one row at the most has nothing to order
use diesel::prelude::*;
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec, Clone)]
#[load(Person)]
struct PersonName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Order)]
struct OrderPage {
    placed: i32,
    #[load(prefetch)]
    person: PersonName,
}

fn main() {}

fn query(conn: &mut SqliteConnection) {
    let _ = OrderPage::query().prefetch(OrderPage::person, |person| person.order_by(people::name)).load(conn);
}
