//! The connections that a load runs on, and what it leaves of them.

use diesel::connection::{
    AnsiTransactionManager, LoadConnection, SimpleConnection, TransactionManager,
};
use diesel::prelude::*;
use diesel::query_dsl::methods::LoadQuery;
use diesel::r2d2::{ConnectionManager, Pool};
use diesel::result::Error;
use diesel::sqlite::Sqlite;
use upfront::LoadSpec;

use crate::library::*;
use crate::support::{Event, Trace};

/// Whether no transaction is open, neither for Diesel nor for SQLite.
#[track_caller]
fn assert_no_transaction(conn: &mut SqliteConnection) {
    let status = AnsiTransactionManager::transaction_manager_status_mut(conn);
    assert!(matches!(status.transaction_depth(), Ok(None)), "Diesel has a transaction open");
    // SQLite takes no second BEGIN inside a transaction.
    conn.batch_execute("BEGIN; COMMIT").expect("SQLite has no transaction open");
}

fn depth(conn: &mut SqliteConnection) -> Option<u32> {
    let status = AnsiTransactionManager::transaction_manager_status_mut(conn);
    status.transaction_depth().expect("the connection is in order").map(|depth| depth.get())
}

#[test]
fn one_query_needs_no_transaction() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    BookCard::query().load(conn).unwrap();
    Title::query().first(conn).unwrap();
    assert_eq!(trace.transactions(), []);
    assert_no_transaction(conn);
}

#[test]
fn several_queries_run_in_one_transaction() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    Shelf::query().load(conn).unwrap();
    let events = trace.take();
    let kinds: Vec<_> = events
        .iter()
        .filter(|event| !matches!(event, Event::Cached(_)))
        .map(|event| match event {
            Event::Query(_) => "query",
            Event::Begin(1) => "begin",
            Event::Commit(1) => "commit",
            _ => "another",
        })
        .collect();
    assert_eq!(kinds, ["begin", "query", "query", "commit"]);
    assert_no_transaction(conn);
}

#[test]
fn a_load_runs_inside_the_transaction_that_is_open() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    let inside = conn.transaction(|conn| {
        trace.take();
        diesel::insert_into(authors::table)
            .values((authors::id.eq(9), authors::name.eq("Zoe")))
            .execute(conn)?;
        let names = Shelf::query().order(authors::id.desc()).load(conn)?;
        assert_eq!(trace.transactions(), []);
        assert_eq!(depth(conn), Some(1));
        assert_eq!(names[0].name, "Zoe");
        Err::<(), _>(Error::RollbackTransaction)
    });
    assert!(matches!(inside, Err(Error::RollbackTransaction)));
    assert_eq!(Shelf::query().load(conn).unwrap().len(), 3);
    assert_no_transaction(conn);
}

#[test]
fn a_load_runs_inside_nested_transactions() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    conn.transaction(|conn| {
        conn.transaction(|conn| {
            trace.take();
            assert_eq!(Shelf::query().load(conn)?.len(), 3);
            assert_eq!(trace.transactions(), []);
            assert_eq!(depth(conn), Some(2));
            QueryResult::Ok(())
        })?;
        assert_eq!(depth(conn), Some(1));
        assert_eq!(Shelf::query().first(conn)?.books.len(), 2);
        QueryResult::Ok(())
    })
    .unwrap();
    assert_no_transaction(conn);
}

#[test]
fn a_load_runs_inside_a_transaction_begun_by_hand() {
    let conn = &mut library();
    conn.batch_execute("BEGIN; INSERT INTO books VALUES (4, 'Dunes', 3, NULL)").unwrap();
    let cyd = Shelf::query().find(3).first(conn).unwrap();
    assert_eq!(cyd.summary().1, ["Dunes"]);
    // It is still open, and still Diesel's manager knows nothing of it.
    assert_eq!(depth(conn), None);
    conn.batch_execute("ROLLBACK").unwrap();
    assert_eq!(Shelf::query().find(3).first(conn).unwrap().books, []);
    assert_no_transaction(conn);
}

#[test]
fn an_error_inside_a_transaction_begun_by_hand_leaves_it_open() {
    let conn = &mut library();
    conn.batch_execute(
        "BEGIN; INSERT INTO authors VALUES (4, 'Dee', NULL, NULL); DROP TABLE books",
    )
    .unwrap();
    assert!(matches!(Shelf::query().load(conn), Err(Error::DatabaseError(..))));
    assert_eq!(authors::table.count().get_result(conn), Ok(4));
    conn.batch_execute("ROLLBACK").unwrap();
    assert_eq!(Shelf::query().load(conn).unwrap().len(), 3);
    assert_no_transaction(conn);
}

#[test]
fn a_load_runs_inside_a_test_transaction() {
    let conn = &mut library();
    conn.begin_test_transaction().unwrap();
    let trace = Trace::of(conn);
    assert_eq!(Shelf::query().load(conn).unwrap().len(), 3);
    assert_eq!(Shelf::query().load(conn).unwrap().len(), 3);
    assert_eq!(trace.transactions(), []);
    assert_eq!(depth(conn), Some(1));
}

#[test]
fn an_error_in_the_first_query_leaves_no_transaction() {
    let conn = &mut library();
    conn.batch_execute("ALTER TABLE authors RENAME TO elsewhere").unwrap();
    let trace = Trace::of(conn);
    assert!(matches!(Shelf::query().load(conn), Err(Error::DatabaseError(..))));
    assert_eq!(trace.transactions(), [Event::Begin(1), Event::Rollback(1)]);
    assert_no_transaction(conn);
    conn.batch_execute("ALTER TABLE elsewhere RENAME TO authors").unwrap();
    assert_eq!(Shelf::query().load(conn).unwrap().len(), 3);
}

#[test]
fn an_error_in_a_prefetch_leaves_no_transaction() {
    let conn = &mut library();
    conn.batch_execute("ALTER TABLE books RENAME TO elsewhere").unwrap();
    let trace = Trace::of(conn);
    assert!(matches!(Shelf::query().load(conn), Err(Error::DatabaseError(..))));
    assert!(Shelf::query().load_iter(conn).is_err());
    let once = [Event::Begin(1), Event::Rollback(1)];
    assert_eq!(trace.transactions(), [once.clone(), once].concat());
    assert_no_transaction(conn);
    conn.batch_execute("ALTER TABLE elsewhere RENAME TO books").unwrap();
    assert_eq!(Shelf::query().load(conn).unwrap().len(), 3);
}

#[test]
fn a_row_that_cannot_be_read_leaves_no_transaction() {
    let conn = &mut library();
    conn.batch_execute("INSERT INTO books VALUES (4, x'ff', 1, NULL)").unwrap();
    assert!(matches!(Shelf::query().load(conn), Err(Error::DeserializationError(_))));
    assert!(matches!(Title::query().load(conn), Err(Error::DeserializationError(_))));
    assert_no_transaction(conn);
    conn.batch_execute("DELETE FROM books WHERE id = 4").unwrap();
    assert_eq!(Shelf::query().load(conn).unwrap().len(), 3);
}

#[test]
fn an_error_inside_a_transaction_is_the_callers_to_roll_back() {
    let conn = &mut library();
    let result = conn.transaction(|conn| {
        diesel::delete(authors::table.find(3)).execute(conn)?;
        conn.batch_execute("ALTER TABLE books RENAME TO elsewhere")?;
        let failed = Shelf::query().load(conn);
        assert!(matches!(failed, Err(Error::DatabaseError(..))));
        assert_eq!(depth(conn), Some(1));
        // What was done before the failed load is still there to go on with.
        assert_eq!(authors::table.count().get_result(conn), Ok(2));
        failed
    });
    assert!(result.is_err());
    assert_no_transaction(conn);
    assert_eq!(Shelf::query().load(conn).unwrap().len(), 3);
}

#[test]
fn what_was_loaded_outlives_the_connection() {
    let shelves = Shelf::query().order(authors::id).load(&mut library()).unwrap();
    assert_eq!(shelves[0].books.len(), 2);
}

/// The bound that is asked for in the documentation of `upfront::Query`.
fn shelves_on<C>(conn: &mut C) -> QueryResult<Vec<Shelf>>
where
    for<'q> upfront::Query<Shelf>: LoadQuery<'q, C, Shelf>,
{
    Shelf::query().load(conn)
}

/// The bound that is enough where the backend is known.
fn shelves_of<C>(name: &str, conn: &mut C) -> QueryResult<Vec<Shelf>>
where
    C: LoadConnection<Backend = Sqlite>,
{
    Shelf::query().filter(authors::name.like(name)).order(authors::id.desc()).limit(9).load(conn)
}

/// Generic over the spec as well.
fn all<S, C>(query: upfront::Query<S>, conn: &mut C) -> QueryResult<Vec<S>>
where
    S: LoadSpec,
    for<'q> upfront::Query<S>: LoadQuery<'q, C, S>,
{
    query.load(conn)
}

#[test]
fn functions_are_generic_over_the_connection() {
    let conn = &mut library();
    assert_eq!(shelves_on(conn).unwrap().len(), 3);
    assert_eq!(shelves_of("%o%", conn).unwrap()[0].name, "Bob");
    assert_eq!(all(Shelf::query(), conn).unwrap().len(), 3);
    assert_eq!(all(BookCard::query(), conn).unwrap().len(), 3);
}

#[test]
fn a_pooled_connection_is_a_connection() {
    let manager = ConnectionManager::<SqliteConnection>::new(":memory:");
    let pool = Pool::builder().max_size(1).test_on_check_out(true).build(manager).unwrap();
    {
        let mut conn = pool.get().unwrap();
        conn.batch_execute(SCHEMA).unwrap();
        conn.batch_execute(ROWS).unwrap();
        assert_eq!(Shelf::query().load(&mut conn).unwrap().len(), 3);
        assert_eq!(shelves_on(&mut conn).unwrap().len(), 3);
        assert_eq!(shelves_of("A%", &mut conn).unwrap().len(), 1);
        let iter = Shelf::query().load_iter(&mut *conn).unwrap();
        assert_eq!(iter.count(), 3);
        conn.batch_execute("ALTER TABLE books RENAME TO elsewhere").unwrap();
        assert!(Shelf::query().load(&mut conn).is_err());
    }
    // The same connection comes back: the failed load has not made it one to throw away.
    let mut conn = pool.get().unwrap();
    assert_eq!(AuthorName::query().load(&mut conn).unwrap().len(), 3);
    let trace = Trace::of(&mut *conn);
    conn.transaction(|conn| Shelf::query().load(conn)).unwrap_err();
    assert_eq!(trace.transactions(), [Event::Begin(1), Event::Rollback(1)]);
}

#[test]
fn an_iterator_left_early_lets_its_transaction_end() {
    let conn = &mut library();
    let first = conn.transaction(|conn| {
        let mut rows = Shelf::query().order(authors::id).load_iter(conn)?;
        rows.next().expect("there are three")
    });
    assert_eq!(first.unwrap().name, "Ann");
    assert_no_transaction(conn);
}

#[test]
fn a_load_runs_inside_the_transactions_of_sqlite_alone() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    let load = |conn: &mut SqliteConnection| {
        trace.take();
        let shelves = Shelf::query().load(conn)?;
        assert_eq!(trace.transactions(), []);
        QueryResult::Ok(shelves.len())
    };
    assert_eq!(conn.immediate_transaction(load), Ok(3));
    assert_eq!(conn.exclusive_transaction(load), Ok(3));
    assert_no_transaction(conn);
}

#[test]
fn a_panic_while_a_row_is_read_leaves_no_transaction() {
    /// A title whose reading goes wrong as badly as code can.
    struct Panics;

    impl From<String> for Panics {
        fn from(title: String) -> Self {
            panic!("`{title}` cannot be read")
        }
    }

    #[derive(LoadSpec)]
    #[load(Book)]
    struct PanickingBook {
        #[diesel(deserialize_as = String)]
        #[allow(dead_code)]
        title: Panics,
    }

    #[derive(LoadSpec)]
    #[load(Author)]
    struct PanickingShelf {
        #[load(prefetch)]
        #[allow(dead_code)]
        books: Vec<PanickingBook>,
    }

    let conn = &mut library();
    let load = std::panic::AssertUnwindSafe(|| PanickingShelf::query().load(conn).map(drop));
    assert!(std::panic::catch_unwind(load).is_err());
    assert_no_transaction(conn);
    assert!(!Shelf::query().load(conn).unwrap().is_empty());
}
