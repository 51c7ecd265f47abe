// expects: `#[derive(MultiConnection)]` is for enums of connections
use upfront::MultiConnection;

#[derive(MultiConnection)]
struct AnyConnection {
    sqlite: diesel::SqliteConnection,
}

fn main() {}
