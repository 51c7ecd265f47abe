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
use crate::field::Fields;
use crate::source::{Base, Itself, Joined, base};

pub(crate) use tail::{Dynamic, Tail};

/// A query for rows of the spec `S`: what [`query()`](crate::LoadSpec#the-query) gives and Diesel's methods change.
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
/// # use upfront::{LoadSpec, Model};
/// # diesel::table! { tags (id) { id -> Integer, name -> Text } }
/// # #[derive(Model)]
/// # #[diesel(table_name = tags)]
/// # pub struct Tag { pub id: i32, pub name: String }
/// # #[derive(LoadSpec)]
/// # #[load(Tag)]
/// # struct TagName { name: String }
/// use diesel::prelude::*;
/// use diesel::query_dsl::methods::LoadQuery;
///
/// fn all_tags<C>(conn: &mut C) -> QueryResult<Vec<TagName>>
/// where
///     for<'q> upfront::Query<TagName>: LoadQuery<'q, C, TagName>,
/// {
///     TagName::query().load(conn)
/// }
/// # let mut conn = SqliteConnection::establish(":memory:").unwrap();
/// # diesel::sql_query("CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL)").execute(&mut conn).unwrap();
/// # assert!(all_tags(&mut conn).unwrap().is_empty());
/// ```
///
/// Where the backend is known, a bound on the connection is enough, and any filter can be added inside:
///
/// ```
/// # use upfront::{LoadSpec, Model};
/// # diesel::table! { tags (id) { id -> Integer, name -> Text } }
/// # #[derive(Model)]
/// # #[diesel(table_name = tags)]
/// # pub struct Tag { pub id: i32, pub name: String }
/// # #[derive(LoadSpec)]
/// # #[load(Tag)]
/// # struct TagName { name: String }
/// use diesel::connection::LoadConnection;
/// use diesel::prelude::*;
/// use diesel::sqlite::Sqlite;
///
/// fn tags_like<C>(pattern: &str, conn: &mut C) -> QueryResult<Vec<TagName>>
/// where
///     C: LoadConnection<Backend = Sqlite>,
/// {
///     TagName::query().filter(tags::name.like(pattern)).load(conn)
/// }
/// # let mut conn = SqliteConnection::establish(":memory:").unwrap();
/// # diesel::sql_query("CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL)").execute(&mut conn).unwrap();
/// # assert!(tags_like("a%", &mut conn).unwrap().is_empty());
/// ```
pub type Query<S> = Load<S, Base<S>, Declared<S>>;

/// The query of the spec `S` after `.into_boxed()`: one type, whatever filters were added.
///
/// ```
/// # use upfront::{LoadSpec, Model};
/// # diesel::table! { tags (id) { id -> Integer, name -> Text } }
/// # #[derive(Model)]
/// # #[diesel(table_name = tags)]
/// # pub struct Tag { pub id: i32, pub name: String }
/// # #[derive(LoadSpec)]
/// # #[load(Tag)]
/// # struct TagName { name: String }
/// use diesel::prelude::*;
/// use diesel::sqlite::Sqlite;
/// use upfront::BoxedQuery;
///
/// fn search<'a>(pattern: Option<&'a str>) -> BoxedQuery<'a, TagName, Sqlite> {
///     let query = TagName::query().into_boxed();
///     match pattern {
///         Some(pattern) => query.filter(tags::name.like(pattern)),
///         None => query.limit(100),
///     }
/// }
/// # let mut conn = SqliteConnection::establish(":memory:").unwrap();
/// # diesel::sql_query("CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL)").execute(&mut conn).unwrap();
/// # assert!(search(Some("a%")).load(&mut conn).unwrap().is_empty());
/// # assert!(search(None).load(&mut conn).unwrap().is_empty());
/// ```
pub type BoxedQuery<'a, S, DB> = Load<
    S,
    BoxedSelectStatement<'a, Untyped, FromClause<Joined<S, Itself>>, DB>,
    Declared<S>,
    Tail<Dynamic>,
>;

/// The prefetches of the spec `S` as it declares them.
///
/// The type of a query names the spec and not all that hangs on it: a field with an error in it is reported where it
/// is declared and not at `query()` as well.
pub struct Declared<S>(PhantomData<fn() -> S>);

impl<S> Clone for Declared<S> {
    fn clone(&self) -> Self {
        Self(PhantomData)
    }
}

impl<S: LoadSpec> Declared<S> {
    fn plan(&self) -> <S::Fields as Fields>::Plan {
        Default::default()
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
