// expects: cannot be asked how it runs a load
use diesel::SqliteConnection;
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct Title {
    title: String,
}

async fn check(conn: &mut SyncConnectionWrapper<SqliteConnection>) {
    let _ = Title::check_indexes(conn);
}

fn main() {}
