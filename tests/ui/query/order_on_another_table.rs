// expects: a query of `Title` does not have all the columns of this expression
use diesel::prelude::*;
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct Title {
    title: String,
}

fn main() {}

fn query(conn: &mut SqliteConnection) {
    let _ = Title::query().order(authors::name).load(conn);
}
