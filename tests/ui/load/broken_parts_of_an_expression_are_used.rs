// expects: this does not say what is loaded of `publisher`
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn used(conn: &mut SqliteConnection) -> QueryResult<usize> {
    let rows = load!(Author {
        nmae,
        join publisher,
        annotate books.count(),
        annotate books.count(1) as book_count,
    })
    .filter(authors::id.gt(3))
    .load(conn)?;
    Ok(rows[0].nmae.len() + rows[0].publisher.name.len() + rows[0].book_count.len())
}

fn main() {}
