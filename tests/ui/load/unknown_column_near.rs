// expects: `nmae` is not a column of `Author`
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn used(conn: &mut SqliteConnection) -> QueryResult<usize> {
    let rows = load!(Author { id, nmae }).load(conn)?;
    Ok(rows[0].nmae.len())
}

fn main() {}
