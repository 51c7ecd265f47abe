// expects: this expression is not a condition
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
    let _ = Title::query().filter(books::title).load(conn);
}
