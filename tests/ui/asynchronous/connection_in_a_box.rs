// expects: load specs do not run on the connection `Box<
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Author)]
struct AuthorName {
    name: String,
}

fn main() {}

async fn load(conn: &mut Box<SyncConnectionWrapper<SqliteConnection>>) {
    let _: Vec<AuthorName> = AuthorName::query().load(conn).await.unwrap();
}
