//! The rows of a relation, loaded onto values that the program already has.

use std::future::Future;

use diesel::QueryResult;

use super::connection::AsyncLoadConnection;
use super::run::RunAsync;
use crate::field::PrefetchInto;
use crate::load_onto::{Groups, RowsOf, onto, onto_rows};
use crate::pending::{Key, Pending, PendingChildren};
use crate::query::{ChildrenOf, children};
use crate::spec::Nothing;
use crate::watch::{Caller, LoadSpan};
use crate::{CarriesKey, LoadSpec, Relation};

/// What [`RelationDsl`](crate::RelationDsl) does with a connection, with diesel-async.
pub trait AsyncRelationDsl: Relation {
    /// The same as [`load_onto`](crate::RelationDsl::load_onto).
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
    /// use upfront::AsyncRelationDsl;
    ///
    /// #[derive(LoadSpec, Clone)]
    /// #[load(Book)]
    /// struct BookTitle { title: String }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> QueryResult<()> {
    /// # let conn = &mut SyncConnectionWrapper::<SqliteConnection>::new(connection());
    /// let authors = [Author { id: 2, name: "Jane".into(), publisher_id: None }];
    /// let books: Vec<Vec<BookTitle>> = author::books.load_onto_async::<BookTitle, _>(&authors, conn).await?;
    /// assert_eq!(books[0][0].title, "Emma");
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    fn load_onto_async<S, C>(
        self,
        parents: &[impl CarriesKey<Self>],
        conn: &mut C,
    ) -> impl Future<Output = QueryResult<Vec<RowsOf<Self, S>>>> + Send
    where
        S: LoadSpec<Model = Self::Child, Params: Nothing>,
        C: LoadsOntoAsync<S, Self, ChildrenOf<S, Self>>,
    {
        let keys = parents.iter().map(CarriesKey::key).collect();
        conn.load_onto_async(keys, children(Nothing::nothing()), Caller::here())
    }

    /// The same as [`load_onto_with`](crate::RelationDsl::load_onto_with).
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
    /// use upfront::AsyncRelationDsl;
    ///
    /// #[derive(LoadSpec, Clone)]
    /// #[load(Book)]
    /// struct BookTitle { title: String }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> QueryResult<()> {
    /// # let conn = &mut SyncConnectionWrapper::<SqliteConnection>::new(connection());
    /// let authors = [Author { id: 1, name: "Ursula".into(), publisher_id: Some(1) }];
    /// let first: Vec<Vec<BookTitle>> = author::books
    ///     .load_onto_with_async(&authors, |books| books.order_by(books::title).limit(1), conn)
    ///     .await?;
    /// assert_eq!(first[0][0].title, "City of Illusions");
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    fn load_onto_with_async<S, Q, C>(
        self,
        parents: &[impl CarriesKey<Self>],
        refine: impl FnOnce(ChildrenOf<S, Self>) -> Q,
        conn: &mut C,
    ) -> impl Future<Output = QueryResult<Vec<RowsOf<Self, S>>>> + Send
    where
        S: LoadSpec<Model = Self::Child, Params: Nothing>,
        C: LoadsOntoAsync<S, Self, Q>,
    {
        let keys = parents.iter().map(CarriesKey::key).collect();
        conn.load_onto_async(keys, refine(children(Nothing::nothing())), Caller::here())
    }
}

impl<R: Relation> AsyncRelationDsl for R {}

/// A connection that can load the spec `S` as the children of the relation `R`, by the query `Q`.
pub trait LoadsOntoAsync<S: LoadSpec, R: Relation, Q> {
    /// Loads what the rows with these keys lead to, for each row in order.
    fn load_onto_async(
        &mut self,
        keys: Vec<Option<Key<R>>>,
        query: Q,
        caller: Caller,
    ) -> impl Future<Output = QueryResult<Vec<RowsOf<R, S>>>> + Send;
}

#[diagnostic::do_not_recommend]
impl<S, R, Q, C> LoadsOntoAsync<S, R, Q> for C
where
    S: LoadSpec<Model = R::Child> + Clone,
    R: Relation,
    RowsOf<R, S>: PrefetchInto<R::Child, Spec = S, Copied = RowsOf<R, S>> + Clone,
    C: AsyncLoadConnection,
    PendingChildren<RowsOf<R, S>, R, Q>: RunAsync<C::Backend> + Pending<Loaded = Groups<R, S>>,
{
    fn load_onto_async(
        &mut self,
        mut keys: Vec<Option<Key<R>>>,
        query: Q,
        caller: Caller,
    ) -> impl Future<Output = QueryResult<Vec<RowsOf<R, S>>>> + Send {
        let load = PendingChildren::<RowsOf<R, S>, R, Q>::new(&mut keys, query, onto_rows::<S>());
        async move {
            let span = LoadSpan::open(&load.purpose(caller), S::QUERIES);
            let groups = span.around(self.run(load, caller)).await;
            span.check(&groups);
            Ok(onto::<S, R>(keys.len(), groups?))
        }
    }
}
