// expects: `let _watching = scope.watch(conn)?;`
#![deny(unused_must_use)]
use diesel::{Connection, SqliteConnection};
use upfront::Scope;

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let scope = Scope::new("test");
    scope.watch(conn).unwrap();
}
