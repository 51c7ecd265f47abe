// expects: mismatched types
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
    #[load(join)]
    person: PersonName,
}

fn main() {}

fn query(conn: &mut SqliteConnection) {
    let _ = OrderPage::query().prefetch(OrderPage::person, |person| person).load(conn);
}
