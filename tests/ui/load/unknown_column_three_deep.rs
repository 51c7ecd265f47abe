// expects: `nmae` is not a column of `Tag`
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn used(conn: &mut SqliteConnection) -> QueryResult<usize> {
    let rows = load!(Publisher { prefetch authors { prefetch books { prefetch tags { nmae } } } }).load(conn)?;
    Ok(rows[0].authors[0].books[0].tags[0].nmae.len())
}

fn main() {}
