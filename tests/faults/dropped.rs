//! Loads whose futures are dropped half-way: wherever that is, the connection can be used afterwards, and gives no row
//! of what was dropped.

use std::future::Future;
use std::pin::Pin;
use std::sync::mpsc::{Sender, channel};
use std::task::{Context, Poll};

use diesel::QueryResult;
use diesel::connection::InstrumentationEvent;
use diesel::result::Error;
use diesel_async::{AsyncConnection, AsyncMysqlConnection, AsyncPgConnection};

use crate::database::{Database, Target};
use crate::harness::{Test, alone, beside, test};
use crate::library;
use crate::loads::{AsyncSqliteConnection, Loads};
use crate::proxy::Proxy;

pub(crate) fn tests() -> Vec<Test> {
    vec![
        test!(Postgres wide::<AsyncPgConnection>),
        test!(Mariadb wide::<AsyncMysqlConnection>),
        test!(Sqlite wide::<AsyncSqliteConnection>),
        test!(Postgres deep::<AsyncPgConnection>),
        test!(Mariadb deep::<AsyncMysqlConnection>),
        test!(Sqlite deep::<AsyncSqliteConnection>),
        test!(Postgres a_stream::<AsyncPgConnection>),
        test!(Mariadb a_stream::<AsyncMysqlConnection>),
        test!(Sqlite a_stream::<AsyncSqliteConnection>),
        test!(Postgres chunks::<AsyncPgConnection>),
        test!(Mariadb chunks::<AsyncMysqlConnection>),
        test!(Sqlite chunks::<AsyncSqliteConnection>),
        test!(Postgres a_snapshot::<AsyncPgConnection>),
        test!(Mariadb a_snapshot::<AsyncMysqlConnection>),
        test!(Sqlite a_snapshot::<AsyncSqliteConnection>),
        test!(Postgres a_snapshot_leaves_nothing_open::<AsyncPgConnection>),
        test!(Sqlite a_snapshot_leaves_nothing_open::<AsyncSqliteConnection>),
        test!(Mariadb nothing_is_written_after_a_snapshot),
    ]
}

/// Polls a future so often, and then drops it.
pub(crate) struct Polls<F> {
    future: Option<Pin<Box<F>>>,
    left: usize,
    gate: Option<Sender<()>>,
}

impl<F: Future> Future for Polls<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<F::Output>> {
        if let Some(left) = self.left.checked_sub(1) {
            self.left = left;
            let future = self.future.as_mut().expect("it is polled until it is ready");
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Some(output));
            }
            if left > 0 {
                self.gate
                    .iter()
                    .for_each(|gate| gate.send(()).expect("the connection has the gate"));
                return Poll::Pending;
            }
        }
        // A connection waits for the query that is running when its future is dropped.
        self.gate = None;
        self.future = None;
        Poll::Ready(None)
    }
}

/// What the future gives within so many polls. Otherwise it is dropped.
pub(crate) fn polls<F: Future>(polls: usize, future: F) -> Polls<F> {
    Polls { future: Some(Box::pin(future)), left: polls, gate: None }
}

/// Has each query on another thread wait until the future was polled that waits for it.
fn gate(conn: &mut impl AsyncConnection) -> Sender<()> {
    let (sender, receiver) = channel();
    conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if matches!(event, InstrumentationEvent::StartQuery { .. }) {
            // An error: nobody polls any more, and all may run.
            let _ = receiver.recv();
        }
    });
    sender
}

/// Drops what `start` begins after one poll, after two, and so on until it is finished before, each time on a connection of
/// its own. Not one of its statements is prepared.
async fn at_every_poll<C: Loads + AsyncConnection>(
    database: &Database,
    start: impl AsyncFn(&mut C) -> bool,
    check: impl AsyncFn(&mut C, usize),
) {
    let proxy = database.proxy().await;
    let mut count = 0;
    loop {
        let url = proxy.as_ref().map_or(database.url.clone(), |proxy| database.by_way_of(proxy));
        let mut conn = C::establish(&url).await.expect("nothing is in the way");
        let gate = (database.target == Target::Sqlite).then(|| gate(&mut conn));
        proxy.iter().for_each(Proxy::one_by_one);
        let ended = Polls { gate, ..polls(count, start(&mut conn)) }.await;
        proxy.iter().for_each(Proxy::pass);
        if let Some(ended) = ended {
            assert!(ended, "nothing but the test is in the way");
            break;
        }
        check(&mut conn, count).await;
        count += 1;
    }
    assert!(count >= 4, "it has more stages than {count}");
}

/// Loads give what is there, or say that the connection is broken.
async fn check_loads<C: Loads>(database: &Database, conn: &mut C, count: usize) {
    let wide = conn.wide(1).await;
    if database.target == Target::Mariadb && is_broken(&wide) {
        assert!(is_broken(&conn.deep(2).await), "{count}");
        assert!(is_broken(&conn.stream(2).await), "{count}");
        assert!(is_broken(&conn.chunks(2).await), "{count}");
        assert!(is_broken(&conn.snapshot(2).await), "{count}");
        assert!(is_broken(&conn.write_in_transaction("again").await), "{count}");
    } else {
        assert_eq!(wide, Ok(library::wide(1)), "{count}");
        let names = ["authors 1", "authors 2", "authors 3", "authors 4"].map(str::to_owned);
        assert_eq!(conn.names().await, Ok(names.into()), "{count}");
        assert_eq!(conn.deep(2).await, Ok(library::deep(2)), "{count}");
        assert_eq!(conn.snapshot(2).await, Ok(library::deep(2)), "{count}");
    }
}

fn is_broken<T>(result: &QueryResult<T>) -> bool {
    matches!(result, Err(Error::BrokenTransactionManager))
}

fn run<C, S>(database: &Database, start: S)
where
    C: Loads + AsyncConnection,
    S: AsyncFn(&mut C) -> bool,
{
    let check = async |conn: &mut C, count| check_loads(database, conn, count).await;
    let dropped = at_every_poll(database, start, check);
    match database.target {
        // A future that waits for another thread can be dropped only where it can wait for it.
        Target::Sqlite => beside(dropped),
        _ => alone(dropped),
    }
}

fn wide<C: Loads + AsyncConnection>(database: &Database) {
    run(database, async |conn: &mut C| conn.wide(2).await.is_ok());
}

fn deep<C: Loads + AsyncConnection>(database: &Database) {
    run(database, async |conn: &mut C| conn.deep(2).await.is_ok());
}

fn a_stream<C: Loads + AsyncConnection>(database: &Database) {
    run(database, async |conn: &mut C| conn.stream(0).await.is_ok());
}

fn chunks<C: Loads + AsyncConnection>(database: &Database) {
    run(database, async |conn: &mut C| conn.chunks(3).await.is_ok());
}

fn a_snapshot<C: Loads + AsyncConnection>(database: &Database) {
    run(database, async |conn: &mut C| conn.snapshot(2).await.is_ok());
}

/// No transaction of a snapshot's stays open, in which something is written that is never committed, or something old read.
fn a_snapshot_leaves_nothing_open<C: Loads + AsyncConnection>(database: &Database) {
    let start = async |conn: &mut C| conn.snapshot(2).await.is_ok();
    let check = async |conn: &mut C, count: usize| {
        let mut other = C::establish(&database.url).await.expect("nothing is in the way");
        other.write("new").await.expect("nothing holds a lock");
        let names = ["authors 1", "authors 2", "authors 3", "authors 4", "new"].map(str::to_owned);
        assert_eq!(conn.names().await, Ok(names.into()), "{count}");
        assert_eq!(conn.unwrite().await, Ok(1), "{count}");
        assert_eq!(conn.write_in_transaction("again").await, Ok(1), "{count}");
        assert_eq!(other.unwrite().await, Ok(1), "{count}");
    };
    let dropped = at_every_poll(database, start, check);
    match database.target {
        Target::Sqlite => beside(dropped),
        _ => alone(dropped),
    }
}

/// There the transaction stays open, and the connection is marked as broken. What is written to it is an error.
fn nothing_is_written_after_a_snapshot(database: &Database) {
    let start = async |conn: &mut AsyncMysqlConnection| conn.snapshot(2).await.is_ok();
    let check = async |conn: &mut AsyncMysqlConnection, count: usize| {
        if count == 0 {
            return;
        }
        conn.write("again").await.expect_err("the transaction can only read");
        let again = conn.write_in_transaction("again").await;
        assert!(is_broken(&again), "{count}");
    };
    alone(at_every_poll(database, start, check));
}
