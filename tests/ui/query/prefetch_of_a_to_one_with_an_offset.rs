// expects: `upfront_tests::shop::order::person` leads to one row at the most, which nothing cuts
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
    let _ = OrderPage::query().prefetch(OrderPage::person, |person| person.offset(1)).load(conn);
}
