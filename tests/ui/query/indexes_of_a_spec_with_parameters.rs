// expects: `Page` has parameters, which are not given here
use diesel::prelude::*;
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Order)]
struct Id {
    id: i32,
}

#[derive(LoadSpec)]
#[load(Person, params(since: i32))]
struct Page {
    #[load(prefetch, filter = orders::placed.gt(since))]
    orders: Vec<Id>,
}

fn check(conn: &mut SqliteConnection) {
    Page::check_indexes(conn).unwrap().assert_none();
}

fn main() {}
