//! Loads in transactions: in one that failed, and with errors that leave it as it is.

use std::future::Future;

use diesel::result::Error;
use diesel::{Connection, PgConnection, QueryResult};
use diesel_async::{
    AsyncConnection, AsyncMysqlConnection, AsyncPgConnection, SimpleAsyncConnection,
};

use crate::database::{Database, Target};
use crate::dropped::polls;
use crate::harness::{Test, alone, beside, test};
use crate::library::{self, Housed, Wide};
use crate::loads::{AsyncSqliteConnection, Loads};

pub(crate) fn tests() -> Vec<Test> {
    vec![
        test!(Postgres a_snapshot_that_is_dropped_in_one::<AsyncPgConnection>),
        test!(Sqlite a_snapshot_that_is_dropped_in_one::<AsyncSqliteConnection>),
        test!(Postgres a_transaction_that_failed),
        test!(Postgres a_transaction_that_failed_without_async),
        test!(Postgres an_error_of_a_prefetch_leaves_it_usable::<AsyncPgConnection>),
        test!(Mariadb an_error_of_a_prefetch_leaves_it_usable::<AsyncMysqlConnection>),
        test!(Sqlite an_error_of_a_prefetch_leaves_it_usable::<AsyncSqliteConnection>),
        test!(Postgres a_snapshot_in_one_that_was_begun_by_hand::<AsyncPgConnection>),
        test!(Mariadb a_snapshot_in_one_that_was_begun_by_hand::<AsyncMysqlConnection>),
        test!(Sqlite a_snapshot_in_one_that_was_begun_by_hand::<AsyncSqliteConnection>),
        test!(Postgres a_snapshot_in_one_that_was_begun_by_hand_without_async),
    ]
}

fn check_aborted<T: std::fmt::Debug>(result: QueryResult<T>) {
    let error = result.expect_err("the transaction has failed").to_string();
    assert!(error.contains("current transaction is aborted"), "{error}");
}

fn a_transaction_that_failed(database: &Database) {
    alone(async {
        let mut conn = AsyncPgConnection::establish(&database.url).await.expect("the server runs");
        let done = conn.transaction(async |conn| {
            conn.batch_execute("SELECT 1 / 0").await.expect_err("one cannot divide by zero");
            check_aborted(conn.wide(0).await);
            check_aborted(conn.snapshot(0).await);
            check_aborted(conn.stream(0).await);
            check_aborted(conn.chunks(0).await);
            Err::<(), _>(Error::RollbackTransaction)
        });
        assert_eq!(done.await, Err(Error::RollbackTransaction));
        assert_eq!(conn.wide(1).await, Ok(library::wide(1)));
        assert_eq!(conn.snapshot(1).await, Ok(library::deep(1)));
    });
}

fn a_transaction_that_failed_without_async(database: &Database) {
    use diesel::RunQueryDsl;
    use diesel::connection::SimpleConnection;

    let mut conn = PgConnection::establish(&database.url).expect("the server runs");
    let load =
        |conn: &mut PgConnection| Wide::query().order(library::authors::id).load::<Wide>(conn);
    let done = conn.transaction(|conn| {
        conn.batch_execute("SELECT 1 / 0").expect_err("one cannot divide by zero");
        check_aborted(load(conn));
        check_aborted(Wide::query().snapshot().load::<Wide>(conn));
        Err::<(), _>(Error::RollbackTransaction)
    });
    assert_eq!(done, Err(Error::RollbackTransaction));
    assert_eq!(load(&mut conn), Ok(library::wide(0)));
}

/// The answers to other queries may still be on their way when the error is known.
fn an_error_of_a_prefetch_leaves_it_usable<C>(database: &Database)
where
    C: Loads + AsyncConnection + LoadsHoused,
{
    beside(async {
        let mut conn = C::establish(&database.url).await.expect("the server runs");
        let done = conn.transaction(async |conn| {
            let error = conn.housed().await.expect_err("there are two").to_string();
            assert!(error.contains("`Housed`") && error.contains("house"), "{error}");
            assert_eq!(conn.deep(1).await, Ok(library::deep(1)));
            conn.write("new").await
        });
        assert_eq!(done.await, Ok(1));
        let error = conn.housed().await.expect_err("there are two").to_string();
        assert!(error.contains("`Housed`"), "{error}");
        assert_eq!(conn.wide(4).await.expect("it was written")[0].name, "new");
    });
}

trait LoadsHoused {
    fn housed(&mut self) -> impl Future<Output = QueryResult<Vec<Housed>>> + Send;
}

macro_rules! loads_housed {
    ($($Conn:ty;)*) => {$(
        impl LoadsHoused for $Conn {
            async fn housed(&mut self) -> QueryResult<Vec<Housed>> {
                diesel_async::RunQueryDsl::load(Housed::query(), self).await
            }
        }
    )*};
}

loads_housed! { AsyncPgConnection; AsyncMysqlConnection; AsyncSqliteConnection; }

/// Diesel knows nothing of it. It must not be ended, so that nothing that was written in it is lost unseen, and nothing that
/// is written next is committed.
fn a_snapshot_in_one_that_was_begun_by_hand<C: Loads + AsyncConnection>(database: &Database) {
    beside(async {
        let mut conn = C::establish(&database.url).await.expect("the server runs");
        conn.batch_execute("BEGIN").await.expect("none is open");
        conn.write("new").await.expect("nothing is in the way");
        let rows = conn.snapshot(4).await;
        match database.target {
            Target::Sqlite => assert_eq!(rows.expect("there every one will do")[0].name, "new"),
            Target::Mariadb => {
                let error = rows.expect_err("another cannot begin").to_string();
                assert!(error.contains("while a transaction is in progress"), "{error}");
            }
            Target::Postgres => {
                let error = rows.expect_err("it is another by now").to_string();
                assert!(error.contains("must be called before any query"), "{error}");
                check_aborted(conn.unwrite().await);
                conn.batch_execute("ROLLBACK").await.expect("it is still open");
                return assert_eq!(conn.snapshot(2).await, Ok(library::deep(2)));
            }
        }
        conn.batch_execute("COMMIT").await.expect("it is still open");
        assert_eq!(conn.unwrite().await, Ok(1));
        assert_eq!(conn.snapshot(2).await, Ok(library::deep(2)));
    });
}

/// The same with Diesel: the transaction is aborted by the error, and is still the user's to end. Were it ended by the load,
/// what is written next would be committed.
fn a_snapshot_in_one_that_was_begun_by_hand_without_async(database: &Database) {
    use diesel::RunQueryDsl;
    use diesel::connection::SimpleConnection;

    let mut conn = PgConnection::establish(&database.url).expect("the server runs");
    let load = |conn: &mut PgConnection| {
        Wide::query().order(library::authors::id).snapshot().load::<Wide>(conn)
    };
    conn.batch_execute("BEGIN; DELETE FROM talks").expect("nothing is in the way");
    let error = load(&mut conn).expect_err("it is too late for a snapshot").to_string();
    assert!(error.contains("must be called before any query"), "{error}");
    check_aborted(conn.batch_execute("DELETE FROM reviews"));
    conn.batch_execute("ROLLBACK").expect("it is still open");
    // Diesel holds no transaction for open, and nothing was deleted.
    assert_eq!(load(&mut conn), Ok(library::wide(0)));
}

/// The load of a snapshot is dropped in a transaction of Diesel's, which goes on where the connection can.
fn a_snapshot_that_is_dropped_in_one<C: Loads + AsyncConnection>(database: &Database) {
    beside(async {
        for count in 0..8 {
            let mut conn = C::establish(&database.url).await.expect("the server runs");
            let done = conn.transaction(async |conn| {
                if database.target == Target::Postgres {
                    conn.batch_execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").await?;
                }
                conn.write("new").await?;
                let rows = polls(count, conn.snapshot(2)).await;
                rows.map_or(Ok(()), |rows| {
                    rows.map(|rows| assert_eq!(rows[..2], library::deep(2)))
                })?;
                conn.names().await
            });
            let done = done.await;
            let written =
                C::establish(&database.url).await.expect("the server runs").unwrite().await;
            match done {
                Ok(names) => {
                    assert_eq!(names.last().map(String::as_str), Some("new"), "{count}");
                    assert_eq!(written, Ok(1), "{count}");
                }
                Err(error) => panic!("{count} {error:?}"),
            }
        }
    });
}
