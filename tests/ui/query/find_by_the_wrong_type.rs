// expects: TODO
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
    let _ = Title::query().find("one").first(conn);
}
