//! The connections that load specs run on with diesel-async.

use std::future::{Future, ready};
use std::sync::Arc;

use diesel::QueryResult;
use diesel_async::{AsyncConnection, AsyncConnectionCore, TransactionManager};

use super::run::RunAsync;
use super::runner::Sequential;
use crate::dialect::Dialect;
use crate::watch::{Announced, Caller};

/// A connection of diesel-async that load specs run on.
///
/// `AsyncPgConnection`, `AsyncMysqlConnection` and `SyncConnectionWrapper` are, a shared reference to an
/// `AsyncPgConnection` is, and with the feature named after the pool, `deadpool`, `bb8` or `mobc`, so is a connection from
/// a pool. On an `AsyncPgConnection`, the prefetches of one level are sent together, without waiting for each other.
///
/// A load whose future is dropped before it is ready leaves an `AsyncPgConnection` and a `SyncConnectionWrapper` as good as
/// before. An `AsyncMysqlConnection` is broken then: a pool replaces it, loads on it are the error
/// `BrokenTransactionManager`, and it is to be closed. Its driver would take the answers to the dropped load for those to
/// the next query. (For the same reason the rows of `load_stream` are all there before the first is given.) When a future is
/// dropped, a `SyncConnectionWrapper` waits for the query that it runs on another thread, and panics in a runtime of one
/// thread, where it cannot.
///
/// Functions that are generic over the connection ask for it:
///
/// ```
/// # include!("../doctest_setup.rs");
/// # #[derive(LoadSpec)]
/// # #[load(Author)]
/// # struct AuthorName { name: String }
/// use diesel::sqlite::Sqlite;
/// use diesel_async::RunQueryDsl;
/// use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
/// use upfront::AsyncLoadConnection;
///
/// async fn authors_like<C>(pattern: &str, conn: &mut C) -> QueryResult<Vec<AuthorName>>
/// where
///     C: AsyncLoadConnection<Backend = Sqlite>,
/// {
///     AuthorName::query().filter(authors::name.like(pattern)).load(conn).await
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> QueryResult<()> {
/// # let conn = &mut SyncConnectionWrapper::<SqliteConnection>::new(connection());
/// assert_eq!(authors_like("U%", conn).await?.len(), 1);
/// # Ok(())
/// # }
/// ```
///
/// A connection of your own, which implements diesel-async's `AsyncConnection`, says where its transactions are begun:
/// `type Transactions = Self`, and [`transactions`](Self::transactions) gives `Some(self)`.
#[diagnostic::on_unimplemented(
    message = "load specs do not run on the connection `{Self}`",
    label = "not a connection that load specs are known to run on",
    note = "enable the features of `upfront` that are named after the database, `sqlite`, `postgres` or `mysql`, and after the pool, `deadpool`, `bb8` or `mobc`",
    note = "a connection of your own implements `upfront::AsyncLoadConnection`; a smart pointer to a connection can be passed as `&mut *conn`"
)]
pub trait AsyncLoadConnection: AsyncConnectionCore<Backend: Dialect> + Sized {
    /// What begins the transactions of this connection: mostly itself.
    type Transactions: AsyncConnection<Backend = Self::Backend>;

    /// What begins the transactions; `None` where none can be begun, because the connection is shared.
    fn transactions(&mut self) -> Option<&mut Self::Transactions>;

    /// Is told that a load did not end the transaction that it began: its future was dropped, or the connection failed.
    ///
    /// By default the connection is marked as broken: a pool does not take it back, and no transaction begins on it.
    #[doc(hidden)]
    fn abandon(&mut self) {
        if let Some(transactions) = self.transactions() {
            let status = <Self::Transactions as AsyncConnection>::TransactionManager::transaction_manager_status_mut(transactions);
            status.set_in_error();
        }
    }

    /// Whether the rows of a single query can be streamed. If not, they are loaded by [`run`](Self::run).
    #[doc(hidden)]
    const STREAMS: bool = true;

    /// Says why the query runs that is sent next, where it is sent on another thread.
    #[doc(hidden)]
    fn announce(&mut self, _announced: &Arc<Announced>) -> impl Future<Output = ()> + Send {
        ready(())
    }

    /// Runs loads that were written there.
    #[doc(hidden)]
    fn run<L: RunAsync<Self::Backend>>(
        &mut self,
        load: L,
        caller: Caller,
    ) -> impl Future<Output = QueryResult<L::Loaded>> + Send {
        async move { load.run_async(&mut Sequential(self), caller).await }
    }
}

impl<C: AsyncLoadConnection> AsyncLoadConnection for &mut C {
    type Transactions = C::Transactions;

    const STREAMS: bool = C::STREAMS;

    fn transactions(&mut self) -> Option<&mut C::Transactions> {
        (**self).transactions()
    }

    fn abandon(&mut self) {
        (**self).abandon();
    }

    fn announce(&mut self, announced: &Arc<Announced>) -> impl Future<Output = ()> + Send {
        (**self).announce(announced)
    }

    fn run<L: RunAsync<Self::Backend>>(
        &mut self,
        load: L,
        caller: Caller,
    ) -> impl Future<Output = QueryResult<L::Loaded>> + Send {
        (**self).run(load, caller)
    }
}

#[cfg(feature = "postgres")]
mod postgres {
    use std::pin::pin;
    use std::task::{Context, Waker};

    use diesel::QueryResult;
    use diesel::pg::Pg;
    use diesel_async::{AsyncPgConnection, SimpleAsyncConnection as _};

    use super::super::run::RunAsync;
    use super::super::runner::Pipelined;
    use super::AsyncLoadConnection;
    use crate::watch::Caller;

    impl AsyncLoadConnection for AsyncPgConnection {
        type Transactions = Self;

        fn transactions(&mut self) -> Option<&mut Self> {
            Some(self)
        }

        /// Sends a rollback, behind what is still to be answered and before what is sent next. To be polled once is
        /// enough for it to be on its way.
        fn abandon(&mut self) {
            let mut conn = &*self;
            let rollback = pin!(conn.batch_execute("ROLLBACK"));
            let _ = rollback.poll(&mut Context::from_waker(Waker::noop()));
        }

        async fn run<L: RunAsync<Pg>>(
            &mut self,
            load: L,
            caller: Caller,
        ) -> QueryResult<L::Loaded> {
            load.run_async(&mut Pipelined(self), caller).await
        }
    }

    impl AsyncLoadConnection for &AsyncPgConnection {
        type Transactions = AsyncPgConnection;

        fn transactions(&mut self) -> Option<&mut AsyncPgConnection> {
            None
        }

        async fn run<L: RunAsync<Pg>>(
            &mut self,
            load: L,
            caller: Caller,
        ) -> QueryResult<L::Loaded> {
            load.run_async(&mut Pipelined(self), caller).await
        }
    }
}

#[cfg(feature = "mysql")]
mod mysql {
    use diesel::QueryResult;
    use diesel::mysql::Mysql;
    use diesel_async::{AnsiTransactionManager, AsyncMysqlConnection, TransactionManager};

    use super::super::run::RunAsync;
    use super::super::runner::Sequential;
    use super::AsyncLoadConnection;
    use crate::watch::Caller;

    impl AsyncLoadConnection for AsyncMysqlConnection {
        type Transactions = Self;

        fn transactions(&mut self) -> Option<&mut Self> {
            Some(self)
        }

        // A stream has the connection until it is dropped, when nobody is left who could tell that it was half-way.
        const STREAMS: bool = false;

        /// A query whose future was dropped is still answered, and the driver takes what comes for the answer to the next
        /// one. So such a connection is marked as broken, and runs no more loads.
        async fn run<L: RunAsync<Mysql>>(
            &mut self,
            load: L,
            caller: Caller,
        ) -> QueryResult<L::Loaded> {
            AnsiTransactionManager::transaction_manager_status_mut(self).transaction_depth()?;
            let mut running = Running { conn: self, ended: false };
            let loaded = load.run_async(&mut Sequential(&mut *running.conn), caller).await;
            running.ended = true;
            loaded
        }
    }

    /// A load that is running.
    struct Running<'c> {
        conn: &'c mut AsyncMysqlConnection,
        ended: bool,
    }

    impl Drop for Running<'_> {
        fn drop(&mut self) {
            if !self.ended {
                self.conn.abandon();
            }
        }
    }
}

#[cfg(feature = "sqlite")]
mod sqlite {
    use std::pin::pin;
    use std::sync::Arc;
    use std::task::{Context, Waker};
    use std::thread;

    use diesel::Connection;
    use diesel_async::sync_connection_wrapper::{SpawnBlocking, SyncConnectionWrapper};
    use diesel_async::{AsyncConnection, SimpleAsyncConnection as _};

    use super::AsyncLoadConnection;
    use crate::dialect::{Dialect, Sql};
    use crate::snapshot;
    use crate::watch::{Announced, Elsewhere};

    impl<C, B> AsyncLoadConnection for SyncConnectionWrapper<C, B>
    where
        Self: AsyncConnection<Backend: Dialect>,
        C: Connection + 'static,
        B: SpawnBlocking + Send,
    {
        type Transactions = Self;

        async fn announce(&mut self, announced: &Arc<Announced>) {
            let query = Elsewhere::to_send(announced);
            let said = self.spawn_blocking(move |conn| {
                query.say(conn);
                Ok(())
            });
            // Where the thread is gone, the query itself tells of it.
            let _ = said.await;
        }

        fn transactions(&mut self) -> Option<&mut Self> {
            Some(self)
        }

        /// Ends the transaction on another thread, which the future waits for when it is dropped.
        fn abandon(&mut self) {
            // It cannot wait outside a runtime with several threads, and then panics. Where it did so for the query that
            // was running, a second panic would be the end of the process: what is left is a connection that can only read.
            if thread::panicking() {
                return;
            }
            for statement in snapshot::end(Sql::Sqlite) {
                let end = pin!(self.batch_execute(statement));
                let _ = end.poll(&mut Context::from_waker(Waker::noop()));
            }
        }
    }
}

/// Connections from pools are run on as the connections that they are.
macro_rules! pools {
    ($($feature:literal [$($lifetime:lifetime)?] $M:ident: $Manager:path => $Pooled:ty, $C:ident;)*) => {$(
        #[cfg(feature = $feature)]
        impl<$($lifetime,)? $M, $C> AsyncLoadConnection for $Pooled
        where
            $M: $Manager,
            $C: AsyncLoadConnection + 'static,
            Self: AsyncConnectionCore<Backend = $C::Backend>,
        {
            type Transactions = $C::Transactions;

            const STREAMS: bool = $C::STREAMS;

            fn transactions(&mut self) -> Option<&mut $C::Transactions> {
                (**self).transactions()
            }

            fn abandon(&mut self) {
                (**self).abandon();
            }

            fn announce(
                &mut self,
                announced: &Arc<Announced>,
            ) -> impl Future<Output = ()> + Send {
                (**self).announce(announced)
            }

            fn run<L: RunAsync<Self::Backend>>(
                &mut self,
                load: L,
                caller: Caller,
            ) -> impl Future<Output = QueryResult<L::Loaded>> + Send {
                (**self).run(load, caller)
            }
        }
    )*};
}

pools! {
    "deadpool" [] M: deadpool::managed::Manager<Type = C> => deadpool::managed::Object<M>, C;
    "bb8" ['p] M: bb8::ManageConnection<Connection = C> => bb8::PooledConnection<'p, M>, C;
    "mobc" [] M: mobc::Manager<Connection = C> => mobc::Connection<M>, C;
}
