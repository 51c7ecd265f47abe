//! The query that a user holds: one of Diesel's, over all that a spec joins, and the spec's prefetches.

mod checked;
mod dsl;
mod run;
mod selected;
mod tail;

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::internal::table_macro::{BoxedSelectStatement, FromClause};
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::sql_types::Untyped;

use crate::LoadSpec;
use crate::source::{Base, Itself, Joined, base};

pub(crate) use tail::{Dynamic, Tail};

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
pub struct Load<S, Q, P, T = Tail> {
    query: Q,
    prefetches: P,
    tail: T,
    spec: PhantomData<fn() -> S>,
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

/// The prefetches of the spec `S` as it declares them.
///
/// This is the place of the prefetches in a query: those that are refined at run time will stand in its stead.
///
/// The type of a query names the spec and not all that hangs on it: a field with an error in it is reported where it
/// is declared and not at `query()` as well.
pub struct Declared<S>(PhantomData<fn() -> S>);

impl<S> Clone for Declared<S> {
    fn clone(&self) -> Self {
        Self(PhantomData)
    }
}

/// Begins the query of a spec.
pub fn query<S: LoadSpec>() -> Query<S> {
    Load {
        query: base(),
        prefetches: Declared(PhantomData),
        tail: Tail::default(),
        spec: PhantomData,
    }
}

impl<S, Q: Clone, P: Clone, T: Clone> Clone for Load<S, Q, P, T> {
    fn clone(&self) -> Self {
        Self {
            query: self.query.clone(),
            prefetches: self.prefetches.clone(),
            tail: self.tail.clone(),
            spec: PhantomData,
        }
    }
}

/// The spec's own query, for `diesel::debug_query`. The prefetches are not in it: their SQL has the keys of the rows.
impl<S, Q, P, T, DB> QueryFragment<DB> for Load<S, Q, P, T>
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
    fn map<R>(self, change: impl FnOnce(Q) -> R) -> Load<S, R, P, T> {
        let Self { query, prefetches, tail, spec } = self;
        Load { query: change(query), prefetches, tail, spec }
    }

    fn map_tail<R>(self, change: impl FnOnce(T) -> R) -> Load<S, Q, P, R> {
        let Self { query, prefetches, tail, spec } = self;
        Load { query, prefetches, tail: change(tail), spec }
    }
}
