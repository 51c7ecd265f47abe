//! Relations in expressions: what the database computes from the rows of a relation, each in a subquery of its own, so
//! that several at once never multiply each other's rows.

pub mod aliases;
mod function;
mod methods;
mod ordinal;
pub mod unchecked;
mod write;

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::expression::{
    AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate,
};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::query_source::{AppearsInFromClause, Once};
use diesel::sql_types::Bool;

pub use aliases as dsl;
use function::Function;
pub use function::WithDefault;
pub use methods::{Counted, RelationDsl, rows_where as filtered};
pub use ordinal::Ordinal;

use self::write::What;
use crate::dialect::Dialect;
use crate::query::{Filter, NoFilter};
use crate::{Model, Relation};

/// The rows that the relation `R` leads to, where the filter `F` holds: [`RelationDsl::filter`]. What is computed of a
/// relation can be computed of them.
///
/// ```
/// # include!("doctest_setup.rs");
/// # fn main() {
/// use upfront::RelationDsl;
///
/// # let conn = &mut connection();
/// let long = author::books.filter(books::title.like("%_________%"));
/// let authors = authors::table.filter(long.exists()).order(long.count()).select(authors::name);
/// assert_eq!(authors.load::<String>(conn).unwrap(), ["Ursula"]);
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct Filtered<R, F> {
    filter: F,
    relation: PhantomData<R>,
}

/// What the function `A` gives for the rows of the relation `R` for which the filter `F` holds: a number, a sum, the least
/// or the greatest value. It is an expression of Diesel's, for queries on the table that the relation begins at.
///
/// ```
/// # include!("doctest_setup.rs");
/// # fn main() {
/// use upfront::RelationDsl;
///
/// # let conn = &mut connection();
/// let books = author::books.count();
/// let authors = authors::table.filter(books.ge(1)).order(books.desc()).select((authors::name, books));
/// let found: Vec<(String, i64)> = authors.load(conn).unwrap();
/// assert_eq!(found, [("Ursula".into(), 2), ("Jane".into(), 1)]);
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct Aggregate<R, A, F = NoFilter> {
    function: A,
    filter: F,
    relation: PhantomData<R>,
}

/// Whether the relation `R` leads to a row for which the filter `F` holds; or, with `NOT`, whether it does not. It is a
/// condition of Diesel's, for queries on the table that the relation begins at.
///
/// ```
/// # include!("doctest_setup.rs");
/// # fn main() {
/// use upfront::RelationDsl;
///
/// # let conn = &mut connection();
/// let wrote_emma = author::books.any(books::title.eq("Emma"));
/// let authors = authors::table.filter(wrote_emma.or(authors::name.like("X%"))).select(authors::name);
/// assert_eq!(authors.load::<String>(conn).unwrap(), ["Jane"]);
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct Exists<R, F = NoFilter, const NOT: bool = false> {
    filter: F,
    relation: PhantomData<R>,
}

impl<R, A: Expression, F> Expression for Aggregate<R, A, F> {
    type SqlType = A::SqlType;
}

impl<R, F, const NOT: bool> Expression for Exists<R, F, NOT> {
    type SqlType = Bool;
}

impl<R, A, F, DB> QueryFragment<DB> for Aggregate<R, A, F>
where
    R: Relation,
    A: Function<DB>,
    F: Filter<DB>,
    DB: Dialect,
{
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let what = What { begin: A::BEGIN, argument: self.function.argument(), end: ")" };
        write::subquery::<R, DB>("(", what, &self.filter, out)
    }
}

impl<R, F, DB, const NOT: bool> QueryFragment<DB> for Exists<R, F, NOT>
where
    R: Relation,
    F: Filter<DB>,
    DB: Dialect,
{
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let begin = if NOT { "NOT EXISTS (" } else { "EXISTS (" };
        let one = What { begin: "1", argument: None, end: "" };
        write::subquery::<R, DB>(begin, one, &self.filter, out)
    }
}

impl<R: 'static, A: QueryId, F: QueryId> QueryId for Aggregate<R, A, F> {
    type QueryId = Aggregate<R, A::QueryId, F::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = A::HAS_STATIC_QUERY_ID && F::HAS_STATIC_QUERY_ID;
}

impl<R: 'static, F: QueryId, const NOT: bool> QueryId for Exists<R, F, NOT> {
    type QueryId = Exists<R, F::QueryId, NOT>;
    const HAS_STATIC_QUERY_ID: bool = F::HAS_STATIC_QUERY_ID;
}

impl<R, A, F> ValidGrouping<()> for Aggregate<R, A, F> {
    type IsAggregate = is_aggregate::No;
}

impl<R, F, const NOT: bool> ValidGrouping<()> for Exists<R, F, NOT> {
    type IsAggregate = is_aggregate::No;
}

/// What is selected from has the table that the relation `R` begins at.
#[diagnostic::on_unimplemented(
    message = "the relation `{R}` does not begin at the table of this query",
    label = "begins at another table",
    note = "`author::books` is for queries of `authors`"
)]
pub trait HasParentOf<R> {}

#[diagnostic::do_not_recommend]
impl<R, QS> HasParentOf<R> for QS
where
    R: Relation,
    QS: AppearsInFromClause<<R::Parent as Model>::Table, Count = Once>,
{
}

impl<QS: HasParentOf<R>, R, A: Expression, F> AppearsOnTable<QS> for Aggregate<R, A, F> {}

impl<QS: HasParentOf<R>, R, F, const NOT: bool> AppearsOnTable<QS> for Exists<R, F, NOT> {}

impl<QS, R, A, F> SelectableExpression<QS> for Aggregate<R, A, F> where Self: AppearsOnTable<QS> {}

impl<QS, R, F, const NOT: bool> SelectableExpression<QS> for Exists<R, F, NOT> where
    Self: AppearsOnTable<QS>
{
}
