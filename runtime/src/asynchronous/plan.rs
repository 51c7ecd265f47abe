//! What a load would do, asked with diesel-async.

use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use diesel::QueryResult;
use diesel::deserialize::QueryableByName;
use diesel::query_builder::{Query, QueryFragment, QueryId};
use futures_core::Stream;
use futures_util::TryStreamExt;

use super::connection::AsyncLoadConnection;
use super::load::PendingRows;
use super::run::RunAsync;
use super::runner::{Runner, all_rows};
use crate::LoadSpec;
use crate::dialect::Dialect;
use crate::field::{Begin, Fields, FieldsFrom};
use crate::pending::Pending;
use crate::plan::{
    Answer, Ask, Catalogue, Explain, Explained, MissingIndexes, QueryPlan, tables_of, text_of, told,
};
use crate::query::{Ended, Load, Plan, Planned};
use crate::source::Itself;
use crate::watch::{Caller, Purpose};

/// The backend of a connection.
async fn backend_of<C: AsyncLoadConnection>(conn: &mut C) -> QueryResult<C::Backend> {
    let answered = Arc::default();
    all_rows::<_, _, Answer>(conn, Ask::Backend(Arc::clone(&answered))).await?;
    told(&answered)
}

/// The indexes of the tables in which a plan looks up rows.
async fn catalogue_of<C: AsyncLoadConnection>(
    plan: &QueryPlan,
    backend: &C::Backend,
    conn: &mut C,
) -> QueryResult<Catalogue> {
    let mut catalogue = Catalogue::new(backend.sql());
    for table in tables_of(plan) {
        let question = Ask::<C::Backend>::Indexes(table.clone());
        let answers = all_rows::<_, _, Answer>(conn, question).await?;
        catalogue.add(table, &answers);
    }
    Ok(catalogue)
}

impl<S: LoadSpec, Q, P: Plan<S>, T> Load<S, Q, P, T> {
    /// The same as [`explain`](Load::explain) with diesel-async. The queries run one after the other, also where a load sends
    /// some of them together.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
    ///
    /// #[derive(LoadSpec)]
    /// #[load(Book)]
    /// struct BookTitle { title: String }
    ///
    /// #[derive(LoadSpec)]
    /// #[load(Author)]
    /// struct Shelf {
    ///     #[load(prefetch)]
    ///     books: Vec<BookTitle>,
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> QueryResult<()> {
    /// # let conn = &mut SyncConnectionWrapper::<SqliteConnection>::new(connection());
    /// let plan = Shelf::query().explain_async(conn).await?;
    /// assert_eq!(plan.root().prefetches()[0].full_scans(), ["books"]);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn explain_async<C>(self, conn: &mut C) -> QueryResult<QueryPlan>
    where
        C: AsyncLoadConnection,
        Self: Planned<C::Backend> + Send,
        Ended<Q, T>: Query + QueryFragment<C::Backend> + QueryId + Send,
        P: Plan<S, Slots: Send>,
        S::Fields: Fields<Cell: Send, Loaded: Send>
            + FieldsFrom<C::Backend>
            + Begin<P::Slots, Pending: RunAsync<C::Backend>>,
    {
        let backend = backend_of(conn).await?;
        let mut plan = self.plan_on(&backend)?;
        let purpose = self.purpose();
        let (query, prefetches, _) = self.into_parts();
        let rows = PendingRows::<S, Itself, _, _>::new(query, prefetches.slots(), purpose);
        let explained = Arc::default();
        let (inside, on) = (rows, backend.same());
        let load = Explaining { inside, backend: on, explained: Arc::clone(&explained) };
        conn.run(load, purpose.caller).await?;
        let catalogue = catalogue_of(&plan, &backend, conn).await?;
        let explained = mem::take(&mut *explained.lock().unwrap_or_else(PoisonError::into_inner));
        plan.complete(explained, &catalogue);
        Ok(plan)
    }

    /// The same as [`check_indexes`](Load::check_indexes) with diesel-async.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
    /// use upfront::load;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> QueryResult<()> {
    /// # let conn = &mut SyncConnectionWrapper::<SqliteConnection>::new(connection());
    /// let missing = load!(Author { prefetch books { title } }).check_indexes_async(conn).await?;
    /// assert_eq!(missing[0].columns(), ["author_id"]);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn check_indexes_async<C>(self, conn: &mut C) -> QueryResult<MissingIndexes>
    where
        C: AsyncLoadConnection,
        Self: Planned<C::Backend> + Send,
    {
        let backend = backend_of(conn).await?;
        let plan = self.plan_on(&backend)?;
        Ok(catalogue_of(&plan, &backend, conn).await?.missing_in(&plan))
    }
}

/// The load `L`, or what runs its queries, where each query is explained before it runs.
struct Explaining<L, DB> {
    inside: L,
    backend: DB,
    explained: Arc<Mutex<Vec<Explained>>>,
}

impl<L: Pending, DB> Pending for Explaining<L, DB> {
    type Loaded = L::Loaded;
}

impl<DB: Dialect, L: RunAsync<DB>> RunAsync<DB> for Explaining<L, DB> {
    async fn run_async<R: Runner<DB>>(
        self,
        runner: &mut R,
        caller: Caller,
    ) -> QueryResult<L::Loaded> {
        let Self { inside: load, backend, explained } = self;
        load.run_async(&mut Explaining { inside: runner, backend, explained }, caller).await
    }
}

impl<DB: Dialect, R: Runner<DB>> Runner<DB> for Explaining<&mut R, DB> {
    async fn rows<'r: 'r, 'q, Q, U>(
        &'r mut self,
        mut query: Q,
        purpose: Purpose,
    ) -> QueryResult<impl Stream<Item = QueryResult<U>> + Send>
    where
        Q: Query + QueryFragment<DB> + QueryId + Send + 'q,
        U: QueryableByName<DB> + Send,
    {
        let sql = text_of(&query, &self.backend)?;
        let explain = Explain(&mut query);
        let answers = self.inside.rows::<'_, '_, _, Answer>(explain, purpose).await?;
        let answers = answers.try_collect().await?;
        let explained = Explained { sql, answers, purpose };
        self.explained.lock().unwrap_or_else(PoisonError::into_inner).push(explained);
        self.inside.rows::<'_, 'q, Q, U>(query, purpose).await
    }
}
