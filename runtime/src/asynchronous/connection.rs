//! The connections that load specs run on with diesel-async.

use std::future::Future;

use diesel::QueryResult;
use diesel_async::{AsyncConnection, AsyncConnectionCore, TransactionManager};

use super::run::RunAsync;
use super::runner::Sequential;
use crate::dialect::Dialect;

/// A connection of diesel-async that load specs run on.
///
/// `AsyncPgConnection`, `AsyncMysqlConnection` and `SyncConnectionWrapper` are, a shared reference to an
/// `AsyncPgConnection` is, and with the feature named after the pool, `deadpool`, `bb8` or `mobc`, so is a connection from
/// a pool. On an `AsyncPgConnection`, the prefetches of one level are sent together, without waiting for each other.
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

    /// Runs loads.
    #[doc(hidden)]
    fn run<L: RunAsync<Self::Backend>>(
        &mut self,
        load: L,
    ) -> impl Future<Output = QueryResult<L::Loaded>> + Send {
        async move { load.run_async(&mut Sequential(self)).await }
    }
}

impl<C: AsyncLoadConnection> AsyncLoadConnection for &mut C {
    type Transactions = C::Transactions;

    fn transactions(&mut self) -> Option<&mut C::Transactions> {
        (**self).transactions()
    }

    fn abandon(&mut self) {
        (**self).abandon();
    }

    fn run<L: RunAsync<Self::Backend>>(
        &mut self,
        load: L,
    ) -> impl Future<Output = QueryResult<L::Loaded>> + Send {
        (**self).run(load)
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

        async fn run<L: RunAsync<Pg>>(&mut self, load: L) -> QueryResult<L::Loaded> {
            load.run_async(&mut Pipelined(self)).await
        }
    }

    impl AsyncLoadConnection for &AsyncPgConnection {
        type Transactions = AsyncPgConnection;

        fn transactions(&mut self) -> Option<&mut AsyncPgConnection> {
            None
        }

        async fn run<L: RunAsync<Pg>>(&mut self, load: L) -> QueryResult<L::Loaded> {
            load.run_async(&mut Pipelined(self)).await
        }
    }
}

#[cfg(feature = "mysql")]
impl AsyncLoadConnection for diesel_async::AsyncMysqlConnection {
    type Transactions = Self;

    fn transactions(&mut self) -> Option<&mut Self> {
        Some(self)
    }
}

#[cfg(feature = "sqlite")]
impl<C, B> AsyncLoadConnection
    for diesel_async::sync_connection_wrapper::SyncConnectionWrapper<C, B>
where
    Self: AsyncConnection<Backend: Dialect>,
{
    type Transactions = Self;

    fn transactions(&mut self) -> Option<&mut Self> {
        Some(self)
    }

    // A query may still run on another thread, and until it has ended there is no transaction manager to be told. What is
    // left is a connection that can only read: what is written to it next is an error.
    fn abandon(&mut self) {}
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

            fn transactions(&mut self) -> Option<&mut $C::Transactions> {
                (**self).transactions()
            }

            fn abandon(&mut self) {
                (**self).abandon();
            }

            fn run<L: RunAsync<Self::Backend>>(
                &mut self,
                load: L,
            ) -> impl Future<Output = QueryResult<L::Loaded>> + Send {
                (**self).run(load)
            }
        }
    )*};
}

pools! {
    "deadpool" [] M: deadpool::managed::Manager<Type = C> => deadpool::managed::Object<M>, C;
    "bb8" ['p] M: bb8::ManageConnection<Connection = C> => bb8::PooledConnection<'p, M>, C;
    "mobc" [] M: mobc::Manager<Connection = C> => mobc::Connection<M>, C;
}
