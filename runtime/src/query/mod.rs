//! The query that a user holds: one of Diesel's, over all that a spec joins, and the spec's prefetches.

mod checked;
mod children;
mod children_query;
mod chunks;
mod dsl;
mod filter;
mod order;
mod ordered;
mod plan;
mod planned;
mod request;
mod rows;
mod run;
mod selected;
mod snapshot;
mod tail;

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::internal::table_macro::{BoxedSelectStatement, FromClause};
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::sql_types::Untyped;

use crate::LoadSpec;
use crate::joined::{
    JoinedField, JoinedRelation, OptionalField, PrefetchedField, PrefetchedRelation,
};
use crate::source::{Base, Itself, Joined, base};
use crate::watch::{Caller, Purpose};

pub(crate) use checked::{Condition, Never, OnQueryOf};
pub(crate) use children::children;
pub(crate) use children::{Children, PlannedChildren};
pub use children::{ChildrenOf, DeclaredChildren, DistinctChildren, declare};
pub use chunks::Chunks;
#[cfg(feature = "async")]
pub(crate) use chunks::{After, Chunk, InKeyOrder, Rest, Unordered};
pub(crate) use filter::Filter;
pub use filter::{And, NoFilter};
pub use order::{By, NoOrder, Then};
pub use plan::{At, Here};
pub(crate) use plan::{Declared, Place, Plan, Slots};
pub(crate) use planned::{Inspected, Planned};
pub(crate) use request::Optional;
pub(crate) use tail::{Dynamic, Ended, Tail};
pub use tail::{Limited, Unlimited};

/// A query for rows of the spec `S`: what [`query()`](derive@crate::LoadSpec#the-query) gives and Diesel's methods change.
///
/// ```
/// # include!("../doctest_setup.rs");
/// # fn main() {
/// #[derive(LoadSpec)]
/// #[load(Book)]
/// struct BookTitle { title: String }
///
/// # let conn = &mut connection();
/// let second = BookTitle::query().order(books::title).offset(1).first(conn).unwrap();
/// assert_eq!(second.title, "Emma");
///
/// let none = BookTitle::query().find(1000).first(conn).optional().unwrap();
/// assert!(none.is_none());
///
/// let ursulas = BookTitle::query().filter(books::author_id.eq(1));
/// let number: i64 = ursulas.clone().count().get_result(conn).unwrap();
/// let page = ursulas.order(books::title).limit(1).load(conn).unwrap();
/// assert_eq!((number, page.len()), (2, 1));
///
/// assert_eq!(
///     diesel::debug_query::<diesel::sqlite::Sqlite, _>(&BookTitle::query().limit(5)).to_string(),
///     "SELECT `books`.`title` FROM `books` LIMIT (? + 0) -- binds: [5]",
/// );
/// # }
/// ```
///
/// `Q` is Diesel's query, `P` the prefetches, `T` the limit, offset and lock. There is no need to write these types;
/// [`Query`] and [`BoxedQuery`] name the two that appear in signatures.
#[must_use = "a query runs when `load`, `first`, `get_result` or the like is called on it"]
pub struct Load<S, Q, P, T = Tail, O = Itself> {
    query: Q,
    prefetches: P,
    tail: T,
    snapshot: bool,
    caller: Caller,
    spec: PhantomData<fn() -> (S, O)>,
}

/// The query of the spec `S` as `S::query()` gives it, for bounds in generic code.
///
/// A function that is generic over the connection says so with Diesel's `LoadQuery`:
///
/// ```
/// # include!("../doctest_setup.rs");
/// # #[derive(LoadSpec)]
/// # #[load(Author)]
/// # struct AuthorName { name: String }
/// use diesel::query_dsl::methods::LoadQuery;
///
/// fn all_authors<C>(conn: &mut C) -> QueryResult<Vec<AuthorName>>
/// where
///     for<'q> upfront::Query<AuthorName>: LoadQuery<'q, C, AuthorName>,
/// {
///     AuthorName::query().load(conn)
/// }
/// # fn main() {
/// # let conn = &mut connection();
/// assert_eq!(all_authors(conn).unwrap().len(), 2);
/// # }
/// ```
///
/// Where the backend is known, a bound on the connection is enough, and any filter can be added inside:
///
/// ```
/// # include!("../doctest_setup.rs");
/// # #[derive(LoadSpec)]
/// # #[load(Author)]
/// # struct AuthorName { name: String }
/// use diesel::connection::LoadConnection;
/// use diesel::sqlite::Sqlite;
///
/// fn authors_like<C>(pattern: &str, conn: &mut C) -> QueryResult<Vec<AuthorName>>
/// where
///     C: LoadConnection<Backend = Sqlite>,
/// {
///     AuthorName::query().filter(authors::name.like(pattern)).load(conn)
/// }
/// # fn main() {
/// # let conn = &mut connection();
/// assert_eq!(authors_like("U%", conn).unwrap().len(), 1);
/// # }
/// ```
pub type Query<S> = Load<S, Base<S>, Declared<S>>;

/// The query of the spec `S` after `.into_boxed()`: one type, whatever filters were added.
///
/// ```
/// # include!("../doctest_setup.rs");
/// # #[derive(LoadSpec)]
/// # #[load(Author)]
/// # struct AuthorName { name: String }
/// use diesel::sqlite::Sqlite;
/// use upfront::BoxedQuery;
///
/// fn search<'a>(pattern: Option<&'a str>) -> BoxedQuery<'a, AuthorName, Sqlite> {
///     let query = AuthorName::query().into_boxed();
///     match pattern {
///         Some(pattern) => query.filter(authors::name.like(pattern)),
///         None => query.limit(100),
///     }
/// }
/// # fn main() {
/// # let conn = &mut connection();
/// assert_eq!(search(Some("U%")).load(conn).unwrap().len(), 1);
/// assert_eq!(search(None).load(conn).unwrap().len(), 2);
/// # }
/// ```
pub type BoxedQuery<'a, S, DB> = Load<
    S,
    BoxedSelectStatement<'a, Untyped, FromClause<Joined<S, Itself>>, DB>,
    Declared<S>,
    Tail<Dynamic>,
>;

/// Begins the query of a spec.
#[track_caller]
pub fn query<S: LoadSpec>(params: S::Params) -> Query<S> {
    begin(base(params.clone()), params)
}

/// Begins a query for rows that come from `O`.
#[track_caller]
fn begin<S: LoadSpec, Q, O>(query: Q, params: S::Params) -> Load<S, Q, Declared<S>, Tail, O> {
    Load {
        query,
        prefetches: Declared::new(params),
        tail: Tail::default(),
        snapshot: false,
        caller: Caller::here(),
        spec: PhantomData,
    }
}

impl<S, Q: Clone, P: Clone, T: Clone, O> Clone for Load<S, Q, P, T, O> {
    fn clone(&self) -> Self {
        Self {
            query: self.query.clone(),
            prefetches: self.prefetches.clone(),
            tail: self.tail.clone(),
            snapshot: self.snapshot,
            caller: self.caller,
            spec: PhantomData,
        }
    }
}

/// The spec's own query, for `diesel::debug_query`. The prefetches are not in it: their SQL has the keys of the rows.
impl<S, Q, P, T, O, DB> QueryFragment<DB> for Load<S, Q, P, T, O>
where
    Q: QueryFragment<DB>,
    T: QueryFragment<DB>,
    DB: Backend,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.query.walk_ast(out.reborrow())?;
        self.tail.walk_ast(out)
    }
}

impl<S, Q, P, T> Load<S, Q, P, T> {
    /// The spec's own query, the prefetches, and whether all of them see one state.
    pub(crate) fn into_parts(self) -> (Ended<Q, T>, P, bool) {
        let Self { query, prefetches, tail, snapshot, .. } = self;
        (Ended { query, tail }, prefetches, snapshot)
    }
}

impl<S: LoadSpec, Q, P, T, O> Load<S, Q, P, T, O> {
    /// Why the spec's own query runs.
    pub(crate) fn purpose(&self) -> Purpose {
        Purpose { spec: S::NAME, field: None, relation: None, caller: self.caller }
    }
}

impl<S, Q, P, T, O> Load<S, Q, P, T, O> {
    fn map<R>(self, change: impl FnOnce(Q) -> R) -> Load<S, R, P, T, O> {
        let Self { query, prefetches, tail, snapshot, caller, spec } = self;
        Load { query: change(query), prefetches, tail, snapshot, caller, spec }
    }

    fn map_tail<R>(self, change: impl FnOnce(T) -> R) -> Load<S, Q, P, R, O> {
        let Self { query, prefetches, tail, snapshot, caller, spec } = self;
        Load { query, prefetches, tail: change(tail), snapshot, caller, spec }
    }

    fn map_both<A, B>(self, change: impl FnOnce(Q, T) -> (A, B)) -> Load<S, A, P, B, O> {
        let Self { query, prefetches, tail, snapshot, caller, spec } = self;
        let (query, tail) = change(query, tail);
        Load { query, prefetches, tail, snapshot, caller, spec }
    }

    fn map_prefetches<R>(self, change: impl FnOnce(P) -> R) -> Load<S, Q, R, T, O> {
        let Self { query, prefetches, tail, snapshot, caller, spec } = self;
        Load { query, prefetches: change(prefetches), tail, snapshot, caller, spec }
    }
}

/// The places of fields, for the expansion of `load!`, which does not know the type of the query.
impl<S, Q, P, T, O> Load<S, Q, P, T, O> {
    #[doc(hidden)]
    pub fn __joined<const N: usize>(&self) -> JoinedField<S, N> {
        JoinedRelation::new()
    }

    #[doc(hidden)]
    pub fn __optional<const N: usize>(&self) -> OptionalField<S, N> {
        PrefetchedRelation::new()
    }

    #[doc(hidden)]
    pub fn __prefetched<const N: usize>(&self) -> PrefetchedField<S, N> {
        PrefetchedRelation::new()
    }
}
