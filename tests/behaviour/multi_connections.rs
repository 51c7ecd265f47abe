//! Loads on a connection that could be to another database than SQLite.

use diesel::connection::{SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::query_dsl::methods::LoadQuery;
use diesel::r2d2::{ConnectionManager, Pool};
use diesel::result::Error;
use upfront::{LoadSpec, Model};

use crate::library::*;
use crate::support::{Event, Trace, database};

#[derive(diesel::MultiConnection, upfront::MultiConnection)]
enum AnyConnection {
    Sqlite(SqliteConnection),
}

fn any_library() -> AnyConnection {
    AnyConnection::Sqlite(library())
}

#[test]
fn joins_and_prefetches_are_those_of_the_connection_itself() {
    let (conn, any) = (&mut library(), &mut any_library());
    let cards = || BookCard::query().order((BookCard::author.field(authors::name), books::title));
    assert_eq!(cards().load(any), cards().load(conn));
    assert_eq!(cards().load(any).unwrap().len(), 3);
    let shelves = || Shelf::query().filter(authors::name.ne("Bob")).order(authors::id.desc());
    assert_eq!(shelves().load(any), shelves().load(conn));
    assert_eq!(shelves().load(any).unwrap()[1].books.len(), 2);
}

#[test]
fn keys_are_bound_one_by_one() {
    let any = &mut any_library();
    let trace = Trace::of(any);
    Shelf::query().load(any).unwrap();
    let prefetch = trace.sql().pop().expect("two queries");
    assert!(prefetch.ends_with("WHERE `books`.`author_id` IN (?, ?, ?)"), "{prefetch}");
}

#[test]
fn only_a_snapshot_opens_a_transaction() {
    let any = &mut any_library();
    let trace = Trace::of(any);
    Shelf::query().load(any).unwrap();
    assert_eq!(trace.transactions(), []);
    Shelf::query().snapshot().load(any).unwrap();
    assert_eq!(trace.transactions(), [Event::Begin(1), Event::Commit(1)]);
}

#[test]
fn an_error_in_a_snapshot_leaves_no_transaction() {
    let any = &mut any_library();
    any.batch_execute("ALTER TABLE books RENAME TO elsewhere").unwrap();
    let trace = Trace::of(any);
    let failed = Shelf::query().snapshot().load(any);
    assert!(matches!(failed, Err(Error::DatabaseError(..))));
    assert_eq!(trace.transactions(), [Event::Begin(1), Event::Rollback(1)]);
}

#[test]
fn a_snapshot_is_taken_inside_a_transaction_begun_by_hand() {
    let any = &mut any_library();
    any.batch_execute("BEGIN; INSERT INTO books VALUES (4, 'Dunes', 3, NULL)").unwrap();
    let cyd = Shelf::query().snapshot().find(3).first(any).unwrap();
    assert_eq!(cyd.summary().1, ["Dunes"]);
    // It is still open, and still Diesel's manager knows nothing of it.
    let status = AnyConnection::transaction_manager_status_mut(any);
    assert!(matches!(status.transaction_depth(), Ok(None)));
    any.batch_execute("ROLLBACK").unwrap();
    assert_eq!(Shelf::query().find(3).first(any).unwrap().books, []);
}

#[test]
fn a_snapshot_is_taken_inside_the_transaction_that_is_open() {
    let any = &mut any_library();
    let trace = Trace::of(any);
    any.transaction(|any| {
        trace.take();
        assert_eq!(Shelf::query().snapshot().load(any)?.len(), 3);
        assert_eq!(trace.transactions(), []);
        QueryResult::Ok(())
    })
    .unwrap();
}

/// The bound that is asked for in the documentation of `upfront::Query`.
fn shelves_on<C>(conn: &mut C) -> QueryResult<Vec<Shelf>>
where
    for<'q> upfront::Query<Shelf>: LoadQuery<'q, C, Shelf>,
{
    Shelf::query().load(conn)
}

#[test]
fn functions_are_generic_over_it() {
    assert_eq!(shelves_on(&mut any_library()).unwrap().len(), 3);
}

#[test]
fn a_pooled_connection_is_one_too() {
    let manager = ConnectionManager::<AnyConnection>::new(":memory:");
    let pool = Pool::builder().max_size(1).build(manager).unwrap();
    let mut conn = pool.get().unwrap();
    conn.batch_execute(SCHEMA).unwrap();
    conn.batch_execute(ROWS).unwrap();
    assert_eq!(Shelf::query().load(&mut conn).unwrap().len(), 3);
    assert_eq!(Shelf::query().snapshot().load(&mut conn).unwrap().len(), 3);
}

diesel::table! { wide_parents (id) { id -> Integer } }
diesel::table! { wide_children (label) { label -> Integer, parent_id -> Integer } }

#[derive(Model)]
#[diesel(table_name = wide_parents)]
#[model(has_many(children: WideChild, foreign_key = wide_children::parent_id))]
struct WideParent {
    id: i32,
}

#[derive(Model)]
#[diesel(table_name = wide_children, primary_key(label))]
#[model(belongs_to(parent: WideParent))]
struct WideChild {
    label: i32,
    parent_id: i32,
}

#[derive(LoadSpec)]
#[load(WideChild)]
struct ChildLabel {
    label: i32,
}

#[derive(LoadSpec)]
#[load(WideParent)]
struct WidePage {
    #[load(prefetch)]
    children: Vec<ChildLabel>,
}

#[test]
fn keys_are_read_as_wide_as_sqlite_stores_them() {
    // The low 32 bits of the second parent's key are the first's.
    let conn = database(
        "CREATE TABLE wide_parents (id INTEGER PRIMARY KEY);
         CREATE TABLE wide_children (label INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL);
         INSERT INTO wide_parents VALUES (1), (4294967297);
         INSERT INTO wide_children VALUES (100, 1), (200, 4294967297);",
    );
    let any = &mut AnyConnection::Sqlite(conn);
    let first = WidePage::query().find(1).first(any).unwrap();
    assert_eq!((first.children[0].label, first.children.len()), (100, 1));
    let Err(error) = WidePage::query().load(any) else {
        panic!("a key of 33 bits was read as one of 32");
    };
    assert!(error.to_string().contains("does not fit the type"), "{error}");
}
