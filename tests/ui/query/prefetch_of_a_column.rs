// expects: no function or associated item named `name` found for struct `Buyer`
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
    let _ = Buyer::query().prefetch(Buyer::name, |name| name).load(conn);
}
