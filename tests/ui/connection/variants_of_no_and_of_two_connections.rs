// expects: `Both` does not hold one connection
use diesel::SqliteConnection;
use upfront::MultiConnection;

#[derive(MultiConnection)]
enum AnyConnection {
    Sqlite(SqliteConnection),
    None,
    Both(SqliteConnection, SqliteConnection),
    Named { conn: SqliteConnection },
}

fn main() {}
