// expects: `LoadedAuthor` does not load `upfront_tests::library::authors::name`, or not the whole of it
use diesel::prelude::*;
use upfront::{Loads, load};
use upfront_tests::library::*;

fn length(author: &impl Loads<authors::name, Value = String>) -> usize {
    author.loaded().len()
}

fn used(conn: &mut SqliteConnection) -> QueryResult<usize> {
    let rows = load!(Author { id }).load(conn)?;
    Ok(length(&rows[0]))
}

fn main() {}
