// expects: add `#[derive(diesel::MultiConnection)]` to it
use diesel::SqliteConnection;
use upfront::MultiConnection;

#[derive(MultiConnection)]
enum AnyConnection {
    Sqlite(SqliteConnection),
}

fn main() {}
