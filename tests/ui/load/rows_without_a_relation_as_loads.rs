// expects: `LoadedAuthor` does not load `upfront_tests::library::author::books`, or not the whole of it
use diesel::prelude::*;
use upfront::{Loads, load};
use upfront_tests::library::*;

fn count(_author: &impl Loads<author::books>) {}

fn used(conn: &mut SqliteConnection) -> QueryResult<()> {
    let rows = load!(Author { id }).load(conn)?;
    count(&rows[0]);
    Ok(())
}

fn main() {}
