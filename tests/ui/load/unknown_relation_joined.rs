// expects: `publsher` is not a relation of `Author`
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn used(conn: &mut SqliteConnection) -> QueryResult<usize> {
    let rows = load!(Author { name, join publsher { name } }).load(conn)?;
    Ok(rows[0].publsher.as_ref().unwrap().name.len())
}

fn main() {}
