//! Loads inside transactions, and loads that see one state of the database.

use diesel::connection::InstrumentationEvent;
use targets::Database;
use targets::models::library::*;

use super::library::Title;
use super::prelude::*;
use crate::target::{begin, connect, instrument, rollback};

tests![
    what_a_transaction_wrote_is_loaded_in_it,
    a_snapshot_is_one_state,
    without_a_snapshot_each_query_sees_what_is_committed,
    a_snapshot_leaves_no_transaction_behind,
    a_snapshot_in_a_transaction,
    a_snapshot_that_fails_leaves_no_transaction_behind,
];

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Author, max_queries = 2)]
struct Shelf {
    name: String,
    #[load(prefetch, order_by = books::id)]
    books: Vec<Title>,
}

impl Shelf {
    fn titles(&self) -> Vec<&str> {
        self.books.iter().map(|book| book.title.as_str()).collect()
    }
}

/// The library, and where it is. On SQLite, others may write while a transaction reads.
async fn library() -> (String, Connection) {
    let url = targets::create(&format!("{SCHEMA}{ROWS}"));
    let mut conn = connect(&url).await;
    if DATABASE == Database::Sqlite {
        run("PRAGMA journal_mode = WAL", &mut conn).await.unwrap();
    }
    (url, conn)
}

/// Writes by another connection just before the second query that `conn` runs.
fn write_between_queries(url: String, conn: &mut Connection) {
    let mut selects = 0;
    instrument(conn, move |event: InstrumentationEvent<'_>| {
        let InstrumentationEvent::StartQuery { query, .. } = event else {
            return;
        };
        // The queries of the load, and not what asks for the state of a transaction.
        let sql = query.to_string();
        if sql.contains("authors") || sql.contains("books") {
            selects += 1;
            if selects == 2 {
                targets::execute(DATABASE, &url, "UPDATE books SET title = 'later'");
            }
        }
    });
}

async fn what_a_transaction_wrote_is_loaded_in_it() {
    let (url, mut conn) = library().await;
    let conn = &mut conn;
    begin(conn).await.unwrap();
    run("UPDATE books SET title = 'mine' WHERE id = 1", conn).await.unwrap();
    let shelves = Shelf::query().order(authors::id).load(conn).await.unwrap();
    assert_eq!(shelves[0].titles(), ["mine", "Bones"]);
    let other = Shelf::query().find(1).first(&mut connect(&url).await).await.unwrap();
    assert_eq!(other.titles(), ["Atlas", "Bones"]);
    rollback(conn).await.unwrap();
    let shelf = Shelf::query().find(1).first(conn).await.unwrap();
    assert_eq!(shelf.titles(), ["Atlas", "Bones"]);
}

async fn a_snapshot_is_one_state() {
    let (url, mut conn) = library().await;
    let conn = &mut conn;
    write_between_queries(url, conn);
    let shelves = Shelf::query().snapshot().order(authors::id).load(conn).await.unwrap();
    assert_eq!(shelves[0].titles(), ["Atlas", "Bones"]);
    assert_eq!(shelves[1].titles(), ["Comet"]);
    // The next load begins behind it.
    let shelf = Shelf::query().snapshot().find(1).first(conn).await.unwrap();
    assert_eq!(shelf.titles(), ["later", "later"]);
}

/// What the test above would see otherwise. On SQLite, a load is one transaction anyway, but for diesel-async.
async fn without_a_snapshot_each_query_sees_what_is_committed() {
    let (url, mut conn) = library().await;
    let conn = &mut conn;
    write_between_queries(url, conn);
    let shelf = Shelf::query().find(1).first(conn).await.unwrap();
    match DATABASE {
        Database::Sqlite => assert_eq!(shelf.books.len(), 2),
        _ => assert_eq!(shelf.titles(), ["later", "later"]),
    }
}

async fn a_snapshot_leaves_no_transaction_behind() {
    let (url, mut conn) = library().await;
    let conn = &mut conn;
    for title in ["one", "two"] {
        Shelf::query().snapshot().load(conn).await.unwrap();
        // A transaction that were still open would hide this, or could not write.
        run(&format!("UPDATE books SET title = '{title}' WHERE id = 3"), conn).await.unwrap();
        let other = Shelf::query().find(2).first(&mut connect(&url).await).await.unwrap();
        assert_eq!(other.titles(), [title]);
    }
    begin(conn).await.unwrap();
    rollback(conn).await.unwrap();
}

async fn a_snapshot_in_a_transaction() {
    let (url, mut conn) = library().await;
    let conn = &mut conn;
    begin(conn).await.unwrap();
    if DATABASE == Database::Postgres {
        // The level of PostgreSQL is `READ COMMITTED`, unless something else is said.
        let error = Shelf::query().snapshot().load(conn).await.unwrap_err().to_string();
        assert!(error.contains("`.snapshot()`") && error.contains("read committed"), "{error}");
        // Nothing was run that would have spoiled the transaction.
        assert_eq!(Shelf::query().load(conn).await.unwrap().len(), 3);
        rollback(conn).await.unwrap();
        begin(conn).await.unwrap();
        run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", conn).await.unwrap();
    }
    run("UPDATE authors SET name = 'mine' WHERE id = 1", conn).await.unwrap();
    if DATABASE != Database::Sqlite {
        write_between_queries(url, conn);
    }
    let shelves = Shelf::query().snapshot().order(authors::id).load(conn).await.unwrap();
    assert_eq!((&*shelves[0].name, shelves[0].titles()), ("mine", vec!["Atlas", "Bones"]));
    rollback(conn).await.unwrap();
    let shelf = Shelf::query().find(1).first(conn).await.unwrap();
    assert_eq!(shelf.name, "Ann");
}

async fn a_snapshot_that_fails_leaves_no_transaction_behind() {
    let (url, mut conn) = library().await;
    let conn = &mut conn;
    run("ALTER TABLE books RENAME TO elsewhere", conn).await.unwrap();
    assert!(Shelf::query().snapshot().load(conn).await.is_err());
    run("ALTER TABLE elsewhere RENAME TO books; UPDATE books SET title = 'new'", conn)
        .await
        .unwrap();
    let other = Shelf::query().find(2).first(&mut connect(&url).await).await.unwrap();
    assert_eq!(other.titles(), ["new"]);
    assert_eq!(Shelf::query().snapshot().load(conn).await.unwrap().len(), 3);
}
