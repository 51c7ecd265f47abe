// expects: TODO
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn used(conn: &mut SqliteConnection) -> QueryResult<usize> {
    let rows = load!(Author {
        nmae,
        join publsher { name },
        prefetch books.filterr(books::id.gt(3)) { title },
        annotate edited.cuont() as edited,
        prefetch books as others { titel },
    })
    .load(conn)?;
    Ok(rows[0].nmae.len() + rows[0].publsher.as_ref().unwrap().name.len() + rows[0].others.len())
}

fn main() {}
