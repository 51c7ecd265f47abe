// expects: leave the attribute out
use diesel::SqliteConnection;

#[derive(diesel::MultiConnection, upfront::MultiConnection)]
#[multi_connection]
enum AnyConnection {
    Sqlite(SqliteConnection),
}

fn main() {}
