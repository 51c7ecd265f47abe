// expects: `#[derive(MultiConnection)]` is for enums without type, lifetime or const parameters
use upfront::MultiConnection;

#[derive(MultiConnection)]
enum AnyConnection<C> {
    Sqlite(diesel::SqliteConnection),
    Another(C),
}

fn main() {}
