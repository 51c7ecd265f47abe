// expects: `titel` is not a column of `Book`
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn used(conn: &mut SqliteConnection) -> QueryResult<usize> {
    let rows = load!(Author { id, prefetch books { titel } }).load(conn)?;
    Ok(rows[0].books[0].titel.len())
}

fn main() {}
