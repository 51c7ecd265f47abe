// expects: `name` does not live long enough
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn used(conn: &mut SqliteConnection) -> QueryResult<usize> {
    let name = String::from("Ursula");
    let rows = load!(Author { annotate authors::name.eq(&name) as is_she }).load(conn)?;
    Ok(rows.len())
}

fn main() {}
