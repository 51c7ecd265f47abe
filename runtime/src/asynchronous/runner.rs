//! How the queries of several loads are sent: one after the other, or together.

use std::future::{Future, poll_fn};
use std::pin::pin;

use diesel::QueryResult;
use diesel::deserialize::QueryableByName;
use diesel::query_builder::{Query, QueryFragment, QueryId};
use diesel::result::Error;
use diesel::row::Row;
use diesel_async::AsyncConnectionCore;
use futures_core::Stream;
use futures_util::{FutureExt, StreamExt, TryStreamExt};

use super::connection::AsyncLoadConnection;
use super::run::RunAsync;
use crate::dialect::Dialect;
use crate::watch::{Caller, Purpose};

/// What sends queries to a connection.
pub trait Runner<DB: Dialect>: Send {
    /// The rows of a query, which runs for this purpose.
    fn rows<'r: 'r, 'q, Q, U>(
        &'r mut self,
        query: Q,
        purpose: Purpose,
    ) -> impl Future<Output = QueryResult<impl Stream<Item = QueryResult<U>> + Send>> + Send
    where
        Q: Query + QueryFragment<DB> + QueryId + Send + 'q,
        U: QueryableByName<DB> + Send;

    /// Runs two loads of which neither needs the other: one after the other, unless they can be sent together.
    ///
    /// Their futures are boxed: the compiler could not tell the layout of all those of a large spec in one.
    fn both<A, B>(
        &mut self,
        one: A,
        other: B,
        caller: Caller,
    ) -> impl Future<Output = QueryResult<(A::Loaded, B::Loaded)>> + Send
    where
        A: RunAsync<DB>,
        B: RunAsync<DB>,
        Self: Sized,
    {
        async move {
            let one = one.run_async(self, caller).boxed().await?;
            Ok((one, other.run_async(self, caller).boxed().await?))
        }
    }
}

/// Sends a query when the one before has been answered.
pub(super) struct Sequential<'c, C>(pub(super) &'c mut C);

impl<C> Runner<C::Backend> for Sequential<'_, C>
where
    C: AsyncLoadConnection,
{
    async fn rows<'r: 'r, 'q, Q, U>(
        &'r mut self,
        query: Q,
        purpose: Purpose,
    ) -> QueryResult<impl Stream<Item = QueryResult<U>> + Send>
    where
        Q: Query + QueryFragment<C::Backend> + QueryId + Send + 'q,
        U: QueryableByName<C::Backend> + Send,
    {
        rows::<'_, 'q, C, Q, U>(self.0, query, purpose).await
    }
}

/// The rows of a query, as they come.
pub(super) async fn rows<'c: 'c, 'q, C, Q, U>(
    conn: &'c mut C,
    query: Q,
    purpose: Purpose,
) -> QueryResult<impl Stream<Item = QueryResult<U>> + Send>
where
    C: AsyncLoadConnection,
    Q: Query + QueryFragment<C::Backend> + QueryId + Send + 'q,
    U: QueryableByName<C::Backend> + Send,
{
    let announcement = purpose.announce::<Q>();
    if let Some(announced) = announcement.announced() {
        conn.announce(announced).await;
    }
    let rows: C::Stream<'c, 'q> = {
        let mut answer = pin!(announcement.during(|| conn.load(query)));
        poll_fn(|context| announcement.during(|| answer.as_mut().poll(context))).await?
    };
    announcement.answered();
    Ok(rows.map(move |row| {
        announcement.count();
        build(row?)
    }))
}

/// Reads a row.
fn build<'r, DB: Dialect, U: QueryableByName<DB>>(row: impl Row<'r, DB>) -> QueryResult<U> {
    U::build(&row).map_err(Error::DeserializationError)
}

/// The rows of a query of which nothing is told, all of them.
pub(super) async fn all_rows<C, Q, U>(conn: &mut C, query: Q) -> QueryResult<Vec<U>>
where
    C: AsyncConnectionCore<Backend: Dialect>,
    Q: Query + QueryFragment<C::Backend> + QueryId + Send,
    U: QueryableByName<C::Backend> + Send,
{
    let rows: C::Stream<'_, '_> = conn.load(query).await?;
    rows.map(|row| build(row?)).try_collect().await
}

/// Sends a query without waiting for the answers to those before: PostgreSQL answers them in their order.
#[cfg(feature = "postgres")]
pub(super) struct Pipelined<'c>(pub(super) &'c diesel_async::AsyncPgConnection);

#[cfg(feature = "postgres")]
impl Runner<diesel::pg::Pg> for Pipelined<'_> {
    async fn rows<'r: 'r, 'q, Q, U>(
        &'r mut self,
        query: Q,
        purpose: Purpose,
    ) -> QueryResult<impl Stream<Item = QueryResult<U>> + Send>
    where
        Q: Query + QueryFragment<diesel::pg::Pg> + QueryId + Send + 'q,
        U: QueryableByName<diesel::pg::Pg> + Send,
    {
        rows::<'_, 'q, _, Q, U>(&mut self.0, query, purpose).await
    }

    async fn both<A, B>(
        &mut self,
        one: A,
        other: B,
        caller: Caller,
    ) -> QueryResult<(A::Loaded, B::Loaded)>
    where
        A: RunAsync<diesel::pg::Pg>,
        B: RunAsync<diesel::pg::Pg>,
    {
        let (mut first, mut second) = (Pipelined(self.0), Pipelined(self.0));
        futures_util::try_join!(
            one.run_async(&mut first, caller).boxed(),
            other.run_async(&mut second, caller).boxed()
        )
    }
}
