//! Queries of a load that the database ends: by a timeout, or because something is locked. The connection is as good as ever.

use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::result::Error;
use diesel::sql_types::Bool;
use diesel::{Connection, MysqlConnection, PgConnection, QueryDsl, QueryResult, SqliteConnection};
use diesel_async::{
    AsyncConnection, AsyncMysqlConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection,
};

use crate::database::Database;
use crate::harness::{Test, alone, beside, test};
use crate::library::{self, Deep, Wide, authors};
use crate::loads::{AsyncSqliteConnection, Loads};

pub(crate) fn tests() -> Vec<Test> {
    vec![
        test!(Postgres a_timeout_in_the_second_query),
        test!(Mariadb a_timeout_in_the_second_query_on_mariadb),
        test!(Postgres a_lock_that_is_waited_for_in_vain),
        test!(Mariadb a_lock_that_is_waited_for_in_vain_on_mariadb),
        test!(Sqlite a_busy_database),
        test!(Sqlite a_busy_database_without_async),
        test!(Sqlite a_database_that_is_busy_from_the_second_query_on),
    ]
}

fn check_error<T: std::fmt::Debug>(result: QueryResult<T>, tell: &str) {
    match result {
        Err(Error::DatabaseError(_, information)) => {
            assert!(information.message().contains(tell), "{}", information.message());
        }
        result => panic!("{result:?}"),
    }
}

fn a_timeout_in_the_second_query(database: &Database) {
    alone(async {
        let mut conn = AsyncPgConnection::establish(&database.url).await.expect("the server runs");
        conn.batch_execute("SET statement_timeout = 100").await.expect("it can be set");
        let sleep = sql::<Bool>("(SELECT true FROM pg_sleep(3600))");
        let query = Wide::query().prefetch(Wide::awards, |awards| awards.filter(sleep));
        let rows: QueryResult<Vec<Wide>> = query.load(&mut conn).await;
        check_error(rows, "canceling statement due to statement timeout");
        conn.batch_execute("SET statement_timeout = 0").await.expect("it can be set");
        assert_eq!(conn.wide(1).await, Ok(library::wide(1)));
    });
}

fn a_timeout_in_the_second_query_on_mariadb(database: &Database) {
    alone(async {
        let conn = AsyncMysqlConnection::establish(&database.url).await;
        let mut conn = conn.expect("the server runs");
        conn.batch_execute("SET max_statement_time = 0.1").await.expect("it can be set");
        let sleep = sql::<Bool>("sleep(3600) = 0");
        let query = Wide::query().prefetch(Wide::books, |books| books.filter(sleep));
        let rows: QueryResult<Vec<Wide>> = query.load(&mut conn).await;
        check_error(rows, "max_statement_time exceeded");
        conn.batch_execute("SET max_statement_time = 0").await.expect("it can be set");
        assert_eq!(conn.wide(1).await, Ok(library::wide(1)));
    });
}

/// Another connection holds the lock of an author.
fn lock<C: Connection>(database: &Database) -> C {
    let mut other = C::establish(&database.url).expect("the server runs");
    other
        .batch_execute("BEGIN; UPDATE authors SET name = 'nobody' WHERE id = 2")
        .expect("nothing else holds the lock");
    other
}

fn a_lock_that_is_waited_for_in_vain(database: &Database) {
    alone(async {
        let mut other: PgConnection = lock(database);
        let mut conn = AsyncPgConnection::establish(&database.url).await.expect("the server runs");
        conn.batch_execute("SET lock_timeout = 100").await.expect("it can be set");
        let locked = conn.transaction(async |conn| {
            Deep::query().order(authors::id).for_update().load(conn).await
        });
        check_error(locked.await, "canceling statement due to lock timeout");
        // What is not locked waits for nothing, and sees nothing of what is not committed.
        assert_eq!(conn.deep(0).await, Ok(library::deep(0)));
        other.batch_execute("ROLLBACK").expect("the other connection is good");
        let locked: QueryResult<Vec<Deep>> = conn
            .transaction(async |conn| {
                Deep::query().order(authors::id).for_update().load(conn).await
            })
            .await;
        assert_eq!(locked, Ok(library::deep(0)));
    });
}

fn a_lock_that_is_waited_for_in_vain_on_mariadb(database: &Database) {
    alone(async {
        let mut other: MysqlConnection = lock(database);
        let conn = AsyncMysqlConnection::establish(&database.url).await;
        let mut conn = conn.expect("the server runs");
        conn.batch_execute("SET innodb_lock_wait_timeout = 1").await.expect("it can be set");
        let locked = conn.transaction(async |conn| {
            Deep::query().order(authors::id).for_update().load(conn).await
        });
        check_error(locked.await, "Lock wait timeout exceeded");
        assert_eq!(conn.deep(0).await, Ok(library::deep(0)));
        other.batch_execute("ROLLBACK").expect("the other connection is good");
        let locked: QueryResult<Vec<Deep>> = conn
            .transaction(async |conn| {
                Deep::query().order(authors::id).for_update().load(conn).await
            })
            .await;
        assert_eq!(locked, Ok(library::deep(0)));
    });
}

/// Another connection keeps everybody else from reading. In WAL mode nobody could.
fn occupy(database: &Database) -> SqliteConnection {
    let mut other = SqliteConnection::establish(&database.url).expect("the file is there");
    other
        .batch_execute("PRAGMA journal_mode = delete; BEGIN EXCLUSIVE")
        .expect("nobody else has it");
    other
}

fn a_busy_database(database: &Database) {
    beside(async {
        let mut other = occupy(database);
        let conn = AsyncSqliteConnection::establish(&database.url).await;
        let mut conn = conn.expect("the file is there");
        check_error(conn.wide(0).await, "database is locked");
        check_error(conn.snapshot(0).await, "database is locked");
        other.batch_execute("COMMIT").expect("nothing is in the way");
        assert_eq!(conn.wide(1).await, Ok(library::wide(1)));
        assert_eq!(conn.snapshot(1).await, Ok(library::deep(1)));
        assert_eq!(conn.write_in_transaction("new").await, Ok(1));
    });
}

fn a_busy_database_without_async(database: &Database) {
    let mut other = occupy(database);
    let mut conn = SqliteConnection::establish(&database.url).expect("the file is there");
    let load = |conn: &mut SqliteConnection| {
        diesel::RunQueryDsl::load::<Wide>(Wide::query().order(authors::id), conn)
    };
    check_error(load(&mut conn), "database is locked");
    other.batch_execute("COMMIT").expect("nothing is in the way");
    assert_eq!(load(&mut conn), Ok(library::wide(0)));
    other.batch_execute("BEGIN EXCLUSIVE; COMMIT").expect("no transaction was left open");
}

fn a_database_that_is_busy_from_the_second_query_on(database: &Database) {
    beside(async {
        let mut other = SqliteConnection::establish(&database.url).expect("the file is there");
        other.batch_execute("PRAGMA journal_mode = delete").expect("nobody else has it");
        let conn = AsyncSqliteConnection::establish(&database.url).await;
        let mut conn = conn.expect("the file is there");
        let occupied = crate::lost_connections::before(1, "BEGIN EXCLUSIVE".to_owned(), other);
        conn.set_instrumentation(occupied);
        check_error(conn.wide(0).await, "database is locked");
        // The other connection goes, and its lock with it.
        conn.set_instrumentation(|_: diesel::connection::InstrumentationEvent<'_>| {});
        assert_eq!(conn.wide(1).await, Ok(library::wide(1)));
    });
}
