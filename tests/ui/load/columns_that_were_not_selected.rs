// expects: no field `name` on type
use diesel::prelude::*;
use upfront::columns;
use upfront_tests::library::*;

fn name(conn: &mut SqliteConnection) -> QueryResult<String> {
    let author = authors::table.select(columns!(Author { defer(name) })).first(conn)?;
    Ok(author.name)
}

fn main() {
    let _ = name;
}
