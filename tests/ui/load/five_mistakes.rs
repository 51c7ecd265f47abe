// expects: what is computed has no name
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn used(conn: &mut SqliteConnection) -> QueryResult<usize> {
    let rows = load!(Author {
        biography,
        join publsher { name },
        prefetch books.filterr(books::id.gt(3)) { title },
        annotate edited.count(),
        only(),
    })
    .load(conn)?;
    Ok(rows[0].biography.len() + rows[0].publsher.as_ref().unwrap().name.len())
}

fn main() {}
