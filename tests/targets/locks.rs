//! Locks on the rows of a query: of its own table, not of what is prefetched.

use targets::models::library::*;

use crate::suite::library::Title;
use crate::suite::prelude::*;
use crate::target::{begin, connect, rollback};

tests![rows_that_are_locked_are_skipped, a_locked_row_is_an_error_where_nobody_waits];

#[derive(LoadSpec, Debug)]
#[load(Author)]
struct Shelf {
    name: String,
    #[load(prefetch, order_by = books::id)]
    books: Vec<Title>,
}

/// Two connections in transactions, the first of which holds a lock on the row of Ann.
async fn ann_is_locked() -> (Connection, Connection) {
    let url = targets::create(&format!("{SCHEMA}{ROWS}"));
    let (mut holder, mut other) = (connect(&url).await, connect(&url).await);
    begin(&mut holder).await.unwrap();
    let ann = Shelf::query().find(1).for_update().first(&mut holder).await.unwrap();
    assert_eq!((&*ann.name, ann.books.len()), ("Ann", 2));
    begin(&mut other).await.unwrap();
    (holder, other)
}

async fn rows_that_are_locked_are_skipped() {
    let (mut holder, mut conn) = ann_is_locked().await;
    let conn = &mut conn;
    let query = || Shelf::query().order(authors::id).limit(1).for_update().skip_locked();
    let free = query().load(conn).await.unwrap();
    let free: Vec<_> = free.iter().map(|shelf| (&*shelf.name, shelf.books.len())).collect();
    assert_eq!(free, [("Bob", 1)]);
    let last = query().offset(1).load(conn).await.unwrap();
    assert_eq!((last.len(), &*last[0].name), (1, "Cyd"));
    rollback(&mut holder).await.unwrap();
    assert_eq!(query().first(conn).await.unwrap().name, "Ann");
    rollback(conn).await.unwrap();
}

async fn a_locked_row_is_an_error_where_nobody_waits() {
    let (mut holder, mut conn) = ann_is_locked().await;
    let conn = &mut conn;
    let refused =
        Shelf::query().order(authors::id).limit(2).for_update().no_wait().load(conn).await;
    assert!(matches!(refused, Err(diesel::result::Error::DatabaseError(..))), "{refused:?}");
    rollback(&mut holder).await.unwrap();
    rollback(conn).await.unwrap();
}
