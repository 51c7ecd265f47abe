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

fn query(conn: &mut impl Connection) {
    let _ = Title::query().load(conn);
}
