// expects: `boks` is not a relation of `Author`
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn used(conn: &mut SqliteConnection) -> QueryResult<usize> {
    let rows = load!(Author { annotate boks.count() as book_count }).load(conn)?;
    Ok(rows[0].book_count.to_string().len())
}

fn main() {}
