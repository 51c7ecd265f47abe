//! One state of the database for all queries of a load.
//!
//! The transaction begins and ends in one load, which has the connection for itself: Diesel's transaction manager is not
//! told of it, so that a load whose future is dropped half-way leaves no trace there. What it leaves on the server is for
//! the connection to clear away, or to tell of. It can only read, so that nothing that is written later gets lost in it.

use diesel::QueryResult;
use diesel::result::Error;
use diesel_async::{AsyncConnection, TransactionManager};

use super::connection::AsyncLoadConnection;
use super::run::RunAsync;
use super::runner::all_rows;
use crate::dialect::{Dialect, Sql};
use crate::snapshot::{self, Told};
use crate::watch::Caller;

type ManagerOf<C> = <C as AsyncConnection>::TransactionManager;

/// Runs a load; where it is to see one state of the database, in a transaction.
pub(super) async fn in_snapshot<C, L>(
    conn: &mut C,
    snapshot: bool,
    load: L,
    caller: Caller,
) -> QueryResult<L::Loaded>
where
    C: AsyncLoadConnection,
    L: RunAsync<C::Backend>,
{
    if !snapshot || is_in_snapshot(conn).await? {
        return conn.run(load, caller).await;
    }
    let mut open = Open { conn, ended: false };
    for statement in snapshot::begin(sql::<C>()?) {
        if let Err(error) = open.conn.batch_execute(statement).await {
            // None of ours is open. One that was begun by hand, behind Diesel's back, is not ours to end.
            open.ended = true;
            return Err(error);
        }
    }
    let loaded = open.conn.run(load, caller).await;
    open.end(loaded).await
}

fn sql<C: AsyncLoadConnection>() -> QueryResult<Sql> {
    C::Backend::SQL.ok_or_else(|| Error::QueryBuilderError(NOT_KNOWN.into()))
}

const NOT_KNOWN: &str = "`.snapshot()` cannot tell which database this connection is to";

const SHARED: &str = "`.snapshot()` needs the connection for itself: run the load on `&mut conn`, not on a shared `&conn`";

/// Whether a transaction is open that sees one state. It is an error where one is open that does not.
async fn is_in_snapshot<C: AsyncLoadConnection>(conn: &mut C) -> QueryResult<bool> {
    let transactions =
        conn.transactions().ok_or_else(|| Error::QueryBuilderError(SHARED.into()))?;
    if sql::<C>()? == Sql::Sqlite {
        // There every transaction is one, and ours can be nested in it.
        return Ok(false);
    }
    let status = ManagerOf::<C::Transactions>::transaction_manager_status_mut(transactions);
    if status.transaction_depth()?.is_none() {
        return Ok(false);
    }
    let levels = all_rows::<_, _, Told>(transactions, snapshot::LEVEL).await?;
    levels.iter().try_for_each(Told::check_level)?;
    Ok(true)
}

/// A transaction that is open. Where the future of the load is dropped, the connection is told.
struct Open<'c, C: AsyncLoadConnection> {
    conn: &'c mut C,
    ended: bool,
}

impl<C: AsyncLoadConnection> Open<'_, C> {
    /// Ends the transaction, and gives what was loaded in it.
    async fn end<T>(mut self, loaded: QueryResult<T>) -> QueryResult<T> {
        for statement in snapshot::end(sql::<C>()?) {
            // The error of the load is the one to tell. Without one, all was read from one state.
            if self.conn.batch_execute(statement).await.is_err() {
                return loaded;
            }
        }
        self.ended = true;
        loaded
    }
}

impl<C: AsyncLoadConnection> Drop for Open<'_, C> {
    fn drop(&mut self) {
        if !self.ended {
            self.conn.abandon();
        }
    }
}
