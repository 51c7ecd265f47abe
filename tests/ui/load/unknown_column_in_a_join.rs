// expects: `nmae` is not a column of `Publisher`
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn used(conn: &mut SqliteConnection) -> QueryResult<usize> {
    let rows = load!(Author { id, join publisher { nmae } }).load(conn)?;
    Ok(rows[0].publisher.as_ref().unwrap().nmae.len())
}

fn main() {}
