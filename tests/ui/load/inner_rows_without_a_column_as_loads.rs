// expects: `LoadedAuthorBooks` does not load `title`, or not the whole of it
#![allow(unused_variables)]
use diesel::prelude::*;
use upfront::{Loads, load};
use upfront_tests::library::*;

fn length(book: &impl Loads<books::title>) {}

fn used(conn: &mut SqliteConnection) -> QueryResult<()> {
    let rows = load!(Author { id, prefetch books { id } }).load(conn)?;
    length(&rows[0].books[0]);
    Ok(())
}

fn main() {}
