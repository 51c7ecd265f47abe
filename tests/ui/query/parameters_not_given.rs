// expects: this function takes 1 argument but 0 arguments were supplied
use diesel::prelude::*;
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec)]
#[load(Order, params(since: i32))]
struct Recent {
    #[load(annotate = orders::placed.gt(since))]
    recent: bool,
}

fn main() {}

fn query(conn: &mut SqliteConnection) {
    let _ = Recent::query().load(conn);
}
