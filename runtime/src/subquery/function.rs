//! What is computed of the rows of a relation, and what stands for the nothing that there is without rows.

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::expression::{
    AppearsOnTable, AsExpression, Expression, SelectableExpression, TypedExpressionType,
    ValidGrouping, is_aggregate,
};
use diesel::internal::table_macro::ops as numeric;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::ops as sql_ops;
use diesel::sql_types::{BigInt, Foldable, IntoNullable, Nullable, SingleValue, SqlType};

use super::{Aggregate, Ordinal};
use crate::query::Never;

/// A function of the rows of a relation.
pub trait Function<DB: Backend> {
    /// Its SQL up to what it is a function of.
    const BEGIN: &'static str;

    /// What it is a function of; `None` where its SQL says that already.
    fn argument(&self) -> Option<&dyn QueryFragment<DB>>;
}

/// `count(*)`.
#[derive(Clone, Copy)]
pub struct All;

impl Expression for All {
    type SqlType = BigInt;
}

impl<DB: Backend> Function<DB> for All {
    const BEGIN: &'static str = "count(*";

    fn argument(&self) -> Option<&dyn QueryFragment<DB>> {
        None
    }
}

impl QueryId for All {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}

macro_rules! functions {
    ($($sql:literal $Function:ident of $bound:path => $result:ty;)*) => {$(
        #[doc = concat!("`", $sql, "..)`.")]
        #[derive(Clone, Copy)]
        pub struct $Function<E>(pub(super) E);

        // Its SQL type is said by way of the argument's, without a parameter of the impl: the compiler (1.95) does not find
        // it else where it asks what a struct ends with.
        impl<E> Expression for $Function<E>
        where
            E: Expression<SqlType: $bound>,
            $result: TypedExpressionType,
        {
            type SqlType = $result;
        }

        impl<E: QueryFragment<DB>, DB: Backend> Function<DB> for $Function<E> {
            const BEGIN: &'static str = $sql;

            fn argument(&self) -> Option<&dyn QueryFragment<DB>> {
                Some(&self.0)
            }
        }

        impl<E: QueryId> QueryId for $Function<E> {
            type QueryId = $Function<E::QueryId>;
            const HAS_STATIC_QUERY_ID: bool = E::HAS_STATIC_QUERY_ID;
        }
    )*};
}

functions! {
    "count(DISTINCT " CountDistinct of TypedExpressionType => BigInt;
    "sum(" Sum of Foldable => <E::SqlType as Foldable>::Sum;
    "avg(" Avg of Foldable => <E::SqlType as Foldable>::Avg;
    "min(" Min of Ordinal => <E::SqlType as IntoNullable>::Nullable;
    "max(" Max of Ordinal => <E::SqlType as IntoNullable>::Nullable;
}

/// An expression of numbers.
#[diagnostic::on_unimplemented(
    message = "`sum` and `avg` are of numbers",
    label = "not a number",
    note = "the database adds up integers, floats and decimals; for other types there are `count_distinct`, `min` and `max`"
)]
pub trait Number {
    /// The expression itself. Where the bound does not hold this is no type, and nothing more is told of it.
    type Number;

    /// The expression itself.
    fn number(self) -> Self::Number;
}

#[diagnostic::do_not_recommend]
impl<E: Expression<SqlType: Foldable>> Number for E {
    type Number = E;

    fn number(self) -> E {
        self
    }
}

// Never holds: as for the expressions of a query.
impl<E> Number for E
where
    for<'a> (): Never<'a>,
{
    type Number = E;

    fn number(self) -> E {
        self
    }
}

/// An expression of values that the database can order.
#[diagnostic::on_unimplemented(
    message = "`min` and `max` are of values that have an order",
    label = "not a type that the database orders",
    note = "numbers, texts, dates and times have an order"
)]
pub trait Orderable {
    /// The expression itself. Where the bound does not hold this is no type, and nothing more is told of it.
    type Orderable;

    /// The expression itself.
    fn orderable(self) -> Self::Orderable;
}

#[diagnostic::do_not_recommend]
impl<E: Expression<SqlType: Ordinal>> Orderable for E {
    type Orderable = E;

    fn orderable(self) -> E {
        self
    }
}

// Never holds: as for the expressions of a query.
impl<E> Orderable for E
where
    for<'a> (): Never<'a>,
{
    type Orderable = E;

    fn orderable(self) -> E {
        self
    }
}

/// A SQL type that can be `NULL`.
pub trait CanBeNull {
    /// The same type without `Nullable`.
    type NotNull: SqlType + TypedExpressionType + SingleValue;
}

impl<ST: SqlType + TypedExpressionType + SingleValue> CanBeNull for Nullable<ST> {
    type NotNull = ST;
}

/// A value that stands for the `NULL` of the aggregate `A`.
#[diagnostic::on_unimplemented(
    message = "this cannot have `{Self}` as its default",
    label = "not a default of this",
    note = "`sum`, `avg`, `min` and `max` are `NULL` where there are no rows, and their default is a value of their own type; `count` is 0 there and takes none"
)]
pub trait DefaultOf<A> {
    /// The aggregate with the default.
    type WithDefault;

    /// The aggregate with the default.
    fn default_of(self, aggregate: A) -> Self::WithDefault;
}

#[diagnostic::do_not_recommend]
impl<A, V> DefaultOf<A> for V
where
    A: Expression<SqlType: CanBeNull>,
    V: AsExpression<NotNull<A>>,
{
    type WithDefault = WithDefault<A, V::Expression>;

    fn default_of(self, aggregate: A) -> Self::WithDefault {
        WithDefault { aggregate, value: self.as_expression() }
    }
}

// Never holds: as for the expressions of a query.
impl<A, V> DefaultOf<A> for V
where
    for<'a> (): Never<'a>,
{
    type WithDefault = WithDefault<A, V>;

    fn default_of(self, aggregate: A) -> Self::WithDefault {
        WithDefault { aggregate, value: self }
    }
}

/// `coalesce(A, V)`: what `A` is, or where that is `NULL` the value `V`. See [`Aggregate::default`].
///
/// ```
/// # include!("../doctest_setup.rs");
/// # fn main() {
/// use upfront::RelationDsl;
///
/// # let conn = &mut connection();
/// let last = author::books.max(books::title).default("none yet");
/// let titles = authors::table.order(authors::name).select(last);
/// assert_eq!(titles.load::<String>(conn).unwrap(), ["Emma", "Rocannon"]);
///
/// let books = author::books.sum(books::id).default(0) - author::books.count();
/// assert_eq!(authors::table.order(authors::name).select(books).load::<i64>(conn).unwrap(), [1, 2]);
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct WithDefault<A, V> {
    aggregate: A,
    value: V,
}

/// The SQL type of `A` without `Nullable`.
pub(super) type NotNull<A> = <<A as Expression>::SqlType as CanBeNull>::NotNull;

impl<R, A, F> Aggregate<R, A, F> {
    /// The value where there are no rows, instead of `NULL`.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// use upfront::RelationDsl;
    ///
    /// # let conn = &mut connection();
    /// let highest = author::books.filter(books::title.ne("Emma")).max(books::id).default(0);
    /// let ids: Vec<i32> = authors::table.order(authors::name).select(highest).load(conn).unwrap();
    /// assert_eq!(ids, [0, 3]);
    /// # }
    /// ```
    pub fn default<V: DefaultOf<Self>>(self, value: V) -> V::WithDefault {
        value.default_of(self)
    }
}

impl<A, V> Expression for WithDefault<A, V>
where
    A: Expression<SqlType: CanBeNull>,
    V: Expression,
{
    type SqlType = NotNull<A>;
}

impl<A: QueryFragment<DB>, V: QueryFragment<DB>, DB: Backend> QueryFragment<DB>
    for WithDefault<A, V>
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("coalesce(");
        self.aggregate.walk_ast(out.reborrow())?;
        out.push_sql(", ");
        self.value.walk_ast(out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }
}

impl<A: QueryId, V: QueryId> QueryId for WithDefault<A, V> {
    type QueryId = WithDefault<A::QueryId, V::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = A::HAS_STATIC_QUERY_ID && V::HAS_STATIC_QUERY_ID;
}

impl<A, V> ValidGrouping<()> for WithDefault<A, V> {
    type IsAggregate = is_aggregate::No;
}

impl<A: AppearsOnTable<QS>, V: AppearsOnTable<QS>, QS> AppearsOnTable<QS> for WithDefault<A, V> where
    Self: Expression
{
}

impl<A, V, QS> SelectableExpression<QS> for WithDefault<A, V> where Self: AppearsOnTable<QS> {}

/// Arithmetic as Diesel's columns have it: with values and with other expressions of the type that SQL asks for.
macro_rules! operators {
    ($($Op:ident :: $op:ident for [$($parameter:ident),*] $expression:ty;)*) => {$(
        impl<Rhs, $($parameter),*> std::ops::$Op<Rhs> for $expression
        where
            Self: Expression<SqlType: sql_ops::$Op<Rhs: SqlType + TypedExpressionType>>,
            Rhs: AsExpression<<<Self as Expression>::SqlType as sql_ops::$Op>::Rhs>,
        {
            type Output = numeric::$Op<Self, Rhs::Expression>;

            fn $op(self, rhs: Rhs) -> Self::Output {
                numeric::$Op::new(self, rhs.as_expression())
            }
        }
    )*};
}

operators! {
    Add::add for [R, A, F] Aggregate<R, A, F>;
    Sub::sub for [R, A, F] Aggregate<R, A, F>;
    Mul::mul for [R, A, F] Aggregate<R, A, F>;
    Div::div for [R, A, F] Aggregate<R, A, F>;
    Add::add for [A, V] WithDefault<A, V>;
    Sub::sub for [A, V] WithDefault<A, V>;
    Mul::mul for [A, V] WithDefault<A, V>;
    Div::div for [A, V] WithDefault<A, V>;
}
