//! How the queries of several loads are sent: one after the other, or together.

use std::future::Future;

use diesel::QueryResult;
use diesel::deserialize::QueryableByName;
use diesel::query_builder::{Query, QueryFragment, QueryId};
use diesel::result::Error;
use diesel_async::AsyncConnectionCore;
use futures_core::Stream;
use futures_util::{FutureExt, StreamExt, TryStreamExt};

use super::run::RunAsync;
use crate::dialect::Dialect;

/// What sends queries to a connection.
pub trait Runner<DB: Dialect>: Send {
    /// The rows of a query.
    fn rows<'q, Q, U>(
        &mut self,
        query: Q,
    ) -> impl Future<Output = QueryResult<impl Stream<Item = QueryResult<U>> + Send>> + Send
    where
        Q: Query + QueryFragment<DB> + QueryId + Send + 'q,
        U: QueryableByName<DB> + Send;

    /// Runs two loads of which neither needs the other.
    ///
    /// Their futures are boxed: the compiler could not tell the layout of all those of a large spec in one.
    fn both<A, B>(
        &mut self,
        one: A,
        other: B,
    ) -> impl Future<Output = QueryResult<(A::Loaded, B::Loaded)>> + Send
    where
        A: RunAsync<DB>,
        B: RunAsync<DB>;
}

/// Sends a query when the one before has been answered.
pub(super) struct Sequential<'c, C>(pub(super) &'c mut C);

impl<C> Runner<C::Backend> for Sequential<'_, C>
where
    C: AsyncConnectionCore<Backend: Dialect>,
{
    async fn rows<'q, Q, U>(
        &mut self,
        query: Q,
    ) -> QueryResult<impl Stream<Item = QueryResult<U>> + Send>
    where
        Q: Query + QueryFragment<C::Backend> + QueryId + Send + 'q,
        U: QueryableByName<C::Backend> + Send,
    {
        rows::<'_, 'q, C, Q, U>(self.0, query).await
    }

    async fn both<A, B>(&mut self, one: A, other: B) -> QueryResult<(A::Loaded, B::Loaded)>
    where
        A: RunAsync<C::Backend>,
        B: RunAsync<C::Backend>,
    {
        let one = one.run_async(self).boxed().await?;
        Ok((one, other.run_async(self).boxed().await?))
    }
}

/// The rows of a query, as they come.
pub(super) async fn rows<'c: 'c, 'q, C, Q, U>(
    conn: &'c mut C,
    query: Q,
) -> QueryResult<impl Stream<Item = QueryResult<U>> + Send>
where
    C: AsyncConnectionCore<Backend: Dialect>,
    Q: Query + QueryFragment<C::Backend> + QueryId + Send + 'q,
    U: QueryableByName<C::Backend> + Send,
{
    let rows: C::Stream<'c, 'q> = conn.load(query).await?;
    Ok(rows.map(|row| U::build(&row?).map_err(Error::DeserializationError)))
}

/// The rows of a query, all of them.
pub(super) async fn all_rows<C, Q, U>(conn: &mut C, query: Q) -> QueryResult<Vec<U>>
where
    C: AsyncConnectionCore<Backend: Dialect>,
    Q: Query + QueryFragment<C::Backend> + QueryId + Send,
    U: QueryableByName<C::Backend> + Send,
{
    rows(conn, query).await?.try_collect().await
}

/// Sends a query without waiting for the answers to those before: PostgreSQL answers them in their order.
#[cfg(feature = "postgres")]
pub(super) struct Pipelined<'c>(pub(super) &'c diesel_async::AsyncPgConnection);

#[cfg(feature = "postgres")]
impl Runner<diesel::pg::Pg> for Pipelined<'_> {
    async fn rows<'q, Q, U>(
        &mut self,
        query: Q,
    ) -> QueryResult<impl Stream<Item = QueryResult<U>> + Send>
    where
        Q: Query + QueryFragment<diesel::pg::Pg> + QueryId + Send + 'q,
        U: QueryableByName<diesel::pg::Pg> + Send,
    {
        rows::<'_, 'q, _, Q, U>(&mut self.0, query).await
    }

    async fn both<A, B>(&mut self, one: A, other: B) -> QueryResult<(A::Loaded, B::Loaded)>
    where
        A: RunAsync<diesel::pg::Pg>,
        B: RunAsync<diesel::pg::Pg>,
    {
        let (mut first, mut second) = (Pipelined(self.0), Pipelined(self.0));
        futures_util::try_join!(
            one.run_async(&mut first).boxed(),
            other.run_async(&mut second).boxed()
        )
    }
}
