// expects: does not begin at the table of this query
use diesel::prelude::*;
use upfront::RelationDsl;
use upfront_tests::shop::*;

fn main() {}

fn query(conn: &mut SqliteConnection) {
    let _ = orders::table.filter(person::orders.exists()).select(orders::id).load::<i32>(conn);
}
