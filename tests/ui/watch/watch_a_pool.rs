// expects: is not a connection that can be watched
use diesel::SqliteConnection;
use diesel::r2d2::{ConnectionManager, Pool};
use upfront::Scope;

fn main() {
    let mut pool = Pool::new(ConnectionManager::<SqliteConnection>::new(":memory:")).unwrap();
    let scope = Scope::new("requests");
    let _watching = scope.watch(&mut pool).unwrap();
}
