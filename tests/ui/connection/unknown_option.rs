// expects: `backend` is not an option of a connection
use diesel::SqliteConnection;

#[derive(diesel::MultiConnection, upfront::MultiConnection)]
#[multi_connection(backend = Sqlite)]
enum AnyConnection {
    Sqlite(SqliteConnection),
}

fn main() {}
