//! Rows in chunks.

use std::future::Future;
use std::iter;

use diesel::QueryResult;
use diesel::dsl;
use diesel::query_builder::{Query, QueryFragment, QueryId};
use diesel::query_dsl::methods::{FilterDsl, OrderDsl, SelectDsl};

use super::connection::AsyncLoadConnection;
use super::load::PendingRows;
use super::run::RunAsync;
use super::snapshot::in_snapshot;
use crate::field::{Begin, Fields, FieldsFrom};
use crate::key::{KeyColumns, KeyColumnsFor};
use crate::query::{After, Chunk, InKeyOrder, Load, Plan, Rest, Unordered};
use crate::row::Rows;
use crate::source::{ByPrimaryKey, Selection};
use crate::watch::LoadSpan;
use crate::{LoadSpec, Model};

impl<S: LoadSpec, Q, P> Load<S, Q, P> {
    /// The same as [`load_chunks`](Self::load_chunks) with diesel-async: the chunks are asked for one by one.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # #[derive(LoadSpec)]
    /// # #[load(Book)]
    /// # struct BookTitle { title: String }
    /// use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> QueryResult<()> {
    /// # let conn = &mut SyncConnectionWrapper::<SqliteConnection>::new(connection());
    /// let mut chunks = BookTitle::query().load_chunks_async(2, conn);
    /// let mut lengths = Vec::new();
    /// while let Some(chunk) = chunks.next().await {
    ///     lengths.push(chunk?.len());
    /// }
    /// assert_eq!(lengths, [2, 1]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn load_chunks_async<C>(self, size: usize, conn: &mut C) -> AsyncChunks<'_, S, Q, P, C>
    where
        Q: Unordered,
    {
        AsyncChunks { rest: self.in_chunks(size), conn }
    }
}

/// The chunks of [`Load::load_chunks_async`].
///
/// ```
/// # include!("../doctest_setup.rs");
/// # #[derive(LoadSpec)]
/// # #[load(Book)]
/// # struct BookTitle { title: String }
/// use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> QueryResult<()> {
/// # let conn = &mut SyncConnectionWrapper::<SqliteConnection>::new(connection());
/// let mut chunks = BookTitle::query().filter(books::author_id.eq(2)).load_chunks_async(10, conn);
/// assert_eq!(chunks.next().await.unwrap()?[0].title, "Emma");
/// assert!(chunks.next().await.is_none());
/// # Ok(())
/// # }
/// ```
#[must_use = "each chunk is loaded when `next` is called"]
pub struct AsyncChunks<'c, S: LoadSpec, Q, P, C> {
    rest: Rest<S, Q, P>,
    conn: &'c mut C,
}

impl<S, Q, P, C> AsyncChunks<'_, S, Q, P, C>
where
    S: LoadSpec,
    Q: FilterDsl<After<S>> + Clone + Send,
    dsl::Filter<Q, After<S>>: SelectDsl<Selection<S, ByPrimaryKey<S::Model>>>,
    dsl::Select<dsl::Filter<Q, After<S>>, Selection<S, ByPrimaryKey<S::Model>>>:
        OrderDsl<InKeyOrder<S>>,
    Chunk<S, Q>: Query + QueryFragment<C::Backend> + QueryId + Send,
    P: Plan<S, Slots: Send> + Clone + Send,
    C: AsyncLoadConnection,
    <S::Model as Model>::PrimaryKey: KeyColumns + KeyColumnsFor<C::Backend>,
    S::Fields: Fields<Cell: Send, Loaded: Send>
        + FieldsFrom<C::Backend>
        + Begin<P::Slots, Pending: RunAsync<C::Backend>>,
{
    /// Loads the next chunk; `None` where there are no more rows, and after an error.
    ///
    /// Where the future is dropped before it is ready, that chunk and those after it are not loaded.
    // That it is `Send` is said here: where a caller has to prove it, the compiler gives up on the lifetimes in it.
    #[allow(clippy::manual_async_fn, clippy::should_implement_trait)]
    pub fn next(&mut self) -> impl Future<Output = Option<QueryResult<Vec<S>>>> + Send {
        async move {
            let (query, slots, alone, snapshot, purpose) = match self.rest.ask()? {
                Ok(asked) => asked,
                Err(error) => return Some(Err(error)),
            };
            let load = PendingRows::<S, ByPrimaryKey<S::Model>, _, _>::new(query, slots, purpose);
            let span = LoadSpan::open(&purpose, S::QUERIES);
            let load = in_snapshot(self.conn, snapshot && !alone, load, purpose.caller);
            let rows = span.around(load).await;
            span.check(&rows);
            self.rest.take(
                rows.map(|(rows, loaded)| Rows::<iter::Empty<_>, _, _>::gathered(rows, loaded)),
                span,
            )
        }
    }
}
