// expects: borrowed data escapes outside of function
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn used(conn: &mut SqliteConnection, name: &str) -> QueryResult<usize> {
    let rows = load!(Author { annotate authors::name.eq(name) as is_she }).load(conn)?;
    Ok(rows.len())
}

fn main() {}
