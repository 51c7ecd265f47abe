// expects: no field `name` on type `LoadedAuthor`
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn used(conn: &mut SqliteConnection) -> QueryResult<usize> {
    let rows = load!(Author { id }).load(conn)?;
    Ok(rows[0].name.len())
}

fn main() {}
