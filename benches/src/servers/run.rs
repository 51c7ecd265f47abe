//! One way to run a query on each of the connections, so that what is written by hand is written once.

use std::future::Future;

use diesel::prelude::*;
use diesel_async::{AsyncMysqlConnection, AsyncPgConnection};
use futures_util::{TryStreamExt, future};

/// A connection that the query `Q` can be run on, which gives rows `U`.
pub trait Run<'q, Q, U> {
    /// All rows, with the `load` of the connection.
    fn all(&mut self, query: Q) -> impl Future<Output = QueryResult<Vec<U>>>;

    /// Hands over row by row, as the connection gives them, by `load_iter` or `load_stream`.
    fn each(&mut self, query: Q, each: impl FnMut(U)) -> impl Future<Output = QueryResult<()>>;
}

macro_rules! run_waiting {
    ($Conn:ty) => {
        impl<'q, Q, U> Run<'q, Q, U> for $Conn
        where
            Q: diesel::query_dsl::LoadQuery<'q, $Conn, U>,
        {
            async fn all(&mut self, query: Q) -> QueryResult<Vec<U>> {
                query.load(self)
            }

            async fn each(&mut self, query: Q, mut each: impl FnMut(U)) -> QueryResult<()> {
                query.load_iter(self)?.try_for_each(|row| row.map(&mut each))
            }
        }
    };
}

run_waiting!(PgConnection);
run_waiting!(MysqlConnection);

macro_rules! run_async {
    ($Conn:ty) => {
        impl<'q, Q, U> Run<'q, Q, U> for $Conn
        where
            Q: diesel_async::methods::LoadQuery<'q, $Conn, U> + 'q,
            U: Send,
        {
            async fn all(&mut self, query: Q) -> QueryResult<Vec<U>> {
                diesel_async::RunQueryDsl::load(query, self).await
            }

            async fn each(&mut self, query: Q, mut each: impl FnMut(U)) -> QueryResult<()> {
                let rows = diesel_async::RunQueryDsl::load_stream(query, self).await?;
                rows.try_for_each(|row| future::ok(each(row))).await
            }
        }
    };
}

run_async!(AsyncPgConnection);
run_async!(AsyncMysqlConnection);

/// How many keys one query takes.
pub trait MostKeys {
    fn most_keys(&self) -> usize;
}

impl MostKeys for PgConnection {
    fn most_keys(&self) -> usize {
        usize::MAX
    }
}

impl MostKeys for AsyncPgConnection {
    fn most_keys(&self) -> usize {
        usize::MAX
    }
}

/// Of 65,535 values.
impl MostKeys for MysqlConnection {
    fn most_keys(&self) -> usize {
        60_000
    }
}

impl MostKeys for AsyncMysqlConnection {
    fn most_keys(&self) -> usize {
        60_000
    }
}
