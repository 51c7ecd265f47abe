//! How queries are run on the connections of Diesel's own.

use std::future::{Future, Ready, ready};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use crate::target::Connection;
use diesel::connection::TransactionManager as _;
use diesel::connection::{Instrumentation, SimpleConnection as _};
use diesel::query_dsl::methods::{ExecuteDsl, LimitDsl, LoadQuery};
use diesel::{Connection as _, QueryResult};

/// All chunks of a query.
macro_rules! chunks {
    ($query:expr, $size:expr, $conn:expr) => {
        $query.load_chunks($size, $conn).collect::<diesel::QueryResult<Vec<Vec<_>>>>()
    };
}

/// What `$spec` loads of a relation onto rows.
macro_rules! onto {
    ($relation:expr, $spec:ty, $rows:expr, $conn:expr) => {
        upfront::RelationDsl::load_onto::<$spec>($relation, $rows, $conn)
    };
}

/// What the database does for a query.
macro_rules! explain {
    ($query:expr, $conn:expr) => {
        $query.explain($conn)
    };
}

/// The indexes that a query wants and the database does not have.
macro_rules! check_indexes {
    ($query:expr, $conn:expr) => {
        $query.check_indexes($conn)
    };
}

/// Diesel's trait of this name, as the one of diesel-async reads: what it gives is awaited.
pub(crate) trait RunQueryDsl<Conn>: diesel::RunQueryDsl<Conn> {
    fn load<'query, U>(self, conn: &mut Conn) -> Ready<QueryResult<Vec<U>>>
    where
        Self: LoadQuery<'query, Conn, U>,
    {
        ready(diesel::RunQueryDsl::load(self, conn))
    }

    fn first<'query, U>(self, conn: &mut Conn) -> Ready<QueryResult<U>>
    where
        Self: LimitDsl,
        diesel::dsl::Limit<Self>: LoadQuery<'query, Conn, U>,
    {
        ready(diesel::RunQueryDsl::first(self, conn))
    }

    fn get_result<'query, U>(self, conn: &mut Conn) -> Ready<QueryResult<U>>
    where
        Self: LoadQuery<'query, Conn, U>,
    {
        ready(diesel::RunQueryDsl::get_result(self, conn))
    }

    fn get_results<'query, U>(self, conn: &mut Conn) -> Ready<QueryResult<Vec<U>>>
    where
        Self: LoadQuery<'query, Conn, U>,
    {
        ready(diesel::RunQueryDsl::get_results(self, conn))
    }

    fn execute(self, conn: &mut Conn) -> Ready<QueryResult<usize>>
    where
        Conn: diesel::Connection,
        Self: ExecuteDsl<Conn>,
    {
        ready(diesel::RunQueryDsl::execute(self, conn))
    }
}

impl<Q: diesel::RunQueryDsl<Conn>, Conn> RunQueryDsl<Conn> for Q {}

pub(crate) async fn connect(url: &str) -> Connection {
    Connection::establish(url).expect("the database was created")
}

/// Runs statements that return nothing.
pub(crate) async fn run_batch(sql: &str, conn: &mut Connection) -> QueryResult<()> {
    conn.batch_execute(sql)
}

type Transactions = <Connection as diesel::Connection>::TransactionManager;

pub(crate) async fn begin(conn: &mut Connection) -> QueryResult<()> {
    Transactions::begin_transaction(conn)
}

pub(crate) async fn rollback(conn: &mut Connection) -> QueryResult<()> {
    Transactions::rollback_transaction(conn)
}

/// Tells `instrumentation` of what happens on the connection.
pub(crate) fn instrument(conn: &mut Connection, instrumentation: impl Instrumentation) {
    conn.set_instrumentation(instrumentation);
}

/// Runs futures that never wait.
pub(crate) struct Runtime;

impl Runtime {
    pub(crate) fn new() -> Self {
        Self
    }

    pub(crate) fn block_on<F: Future>(&self, future: F) -> F::Output {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(output) => output,
            Poll::Pending => panic!("nothing on these connections waits"),
        }
    }
}
