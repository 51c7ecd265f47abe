//! How queries are run with diesel-async.

use std::future::Future;

use diesel::QueryResult;
use diesel::connection::Instrumentation;
pub(crate) use diesel_async::RunQueryDsl;
use diesel_async::{AsyncConnection, SimpleAsyncConnection as _, TransactionManager as _};

use crate::target::Connection;

/// All chunks of a query.
macro_rules! chunks {
    ($query:expr, $size:expr, $conn:expr) => {{
        let mut chunks = $query.load_chunks_async($size, $conn);
        let mut all = Vec::new();
        loop {
            match chunks.next().await {
                Some(Ok(chunk)) => all.push(chunk),
                Some(Err(error)) => break Err(error),
                None => break Ok(all),
            }
        }
    }};
}

/// What `$spec` loads of a relation onto rows.
macro_rules! onto {
    ($relation:expr, $spec:ty, $rows:expr, $conn:expr) => {
        upfront::AsyncRelationDsl::load_onto_async::<$spec, _>($relation, $rows, $conn).await
    };
}

/// What the database does for a query.
macro_rules! explain {
    ($query:expr, $conn:expr) => {
        $query.explain_async($conn).await
    };
}

/// The indexes that a query wants and the database does not have.
macro_rules! check_indexes {
    ($query:expr, $conn:expr) => {
        $query.check_indexes_async($conn).await
    };
}

pub(crate) async fn connect(url: &str) -> Connection {
    Connection::establish(url).await.expect("the database was created")
}

/// Runs statements that return nothing.
pub(crate) async fn run_batch(sql: &str, conn: &mut Connection) -> QueryResult<()> {
    conn.batch_execute(sql).await
}

type Transactions = <Connection as AsyncConnection>::TransactionManager;

pub(crate) async fn begin(conn: &mut Connection) -> QueryResult<()> {
    Transactions::begin_transaction(conn).await
}

pub(crate) async fn rollback(conn: &mut Connection) -> QueryResult<()> {
    Transactions::rollback_transaction(conn).await
}

/// Tells `instrumentation` of what happens on the connection.
pub(crate) fn instrument(conn: &mut Connection, instrumentation: impl Instrumentation) {
    conn.set_instrumentation(instrumentation);
}

pub(crate) struct Runtime(tokio::runtime::Runtime);

impl Runtime {
    pub(crate) fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        Self(runtime.expect("a runtime of one thread needs nothing"))
    }

    pub(crate) fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.0.block_on(future)
    }
}
