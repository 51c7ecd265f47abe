// expects: `reviews` is not a relation of `Author`
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn used(conn: &mut SqliteConnection) -> QueryResult<usize> {
    let rows = load!(Author { name, prefetch reviews { title } }).load(conn)?;
    Ok(rows[0].reviews[0].title.len())
}

fn main() {}
