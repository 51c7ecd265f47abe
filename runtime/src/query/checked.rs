//! Diesel's methods for filters and orders once more, as methods of the query itself, which the compiler tries first:
//! what is wrong with an expression is told at the expression. Diesel's own would take it, and tell where the query is
//! run, in the query's type.

use diesel::dsl;
use diesel::expression::{AppearsOnTable, Expression, NonAggregate};
use diesel::query_dsl::methods::{FilterDsl, OrFilterDsl};
use diesel::sql_types::BoolOrNullableBool;

use super::Load;
use super::ordered::{Ordered, OrdersMany, ThenOrdered};
use crate::LoadSpec;
use crate::source::Joined;

/// An expression whose columns a query of the spec `S` has.
#[diagnostic::on_unimplemented(
    message = "a query of `{S}` does not have all the columns of this expression",
    label = "has a column of another table or of another spec's joins",
    note = "a query has the columns of its spec's own table, and by way of their fields those of its own joins: `{S}::relation.field(column)`",
    note = "a subquery on another table needs `diesel::allow_tables_to_appear_in_same_query!` with both tables"
)]
pub trait OnQueryOf<S, O> {
    /// The expression itself. Where the bound does not hold this is no type, and nothing more is told of it.
    type Checked: Expression;

    /// The expression itself.
    fn checked(self) -> Self::Checked;
}

#[diagnostic::do_not_recommend]
impl<S: LoadSpec, O, E: AppearsOnTable<Joined<S, O>>> OnQueryOf<S, O> for E {
    type Checked = E;

    fn checked(self) -> E {
        self
    }
}

/// A condition on a row.
#[diagnostic::on_unimplemented(
    message = "this expression is not a condition",
    label = "not true or false for each row",
    note = "a filter compares what is in one row: `books::title.eq(\"Emma\")`"
)]
pub trait Condition {
    /// The expression itself, as in [`OnQueryOf`].
    type Condition;

    /// The expression itself.
    fn condition(self) -> Self::Condition;
}

#[diagnostic::do_not_recommend]
impl<E: Expression<SqlType: BoolOrNullableBool> + NonAggregate> Condition for E {
    type Condition = E;

    fn condition(self) -> E {
        self
    }
}

/// Never implemented. The lifetime is there because a bound that does not hold is an error of its own without one.
pub trait Never<'a> {}

// Where a trait has one impl for all types, the compiler takes it without asking for its bounds, and tells also what is
// wrong with all that follows. With a second impl it asks: these never hold.
impl<S, O, E> OnQueryOf<S, O> for E
where
    for<'a> (): Never<'a>,
    E: Expression,
{
    type Checked = E;

    fn checked(self) -> E {
        self
    }
}

impl<E> Condition for E
where
    for<'a> (): Never<'a>,
{
    type Condition = E;

    fn condition(self) -> E {
        self
    }
}

type Checked<S, O, E> = <E as OnQueryOf<S, O>>::Checked;
type CheckedCondition<S, O, E> = <Checked<S, O, E> as Condition>::Condition;
type CheckedOrder<S, O, E> = <Checked<S, O, E> as OrdersMany<O>>::Order;

/// A query with an order.
type InOrder<S, Q, P, T, O, E> = Load<
    S,
    <O as Ordered<Q, T, CheckedOrder<S, O, E>>>::Query,
    P,
    <O as Ordered<Q, T, CheckedOrder<S, O, E>>>::Tail,
    O,
>;

/// A query with a further order.
type ThenInOrder<S, Q, P, T, O, E> = Load<
    S,
    <O as ThenOrdered<Q, T, CheckedOrder<S, O, E>>>::Query,
    P,
    <O as ThenOrdered<Q, T, CheckedOrder<S, O, E>>>::Tail,
    O,
>;

impl<S, Q, P, T, O> Load<S, Q, P, T, O> {
    /// Keeps the rows for which the condition is true.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// # #[derive(LoadSpec)]
    /// # #[load(Book)]
    /// # struct BookTitle { title: String }
    /// # let conn = &mut connection();
    /// let ursulas = BookTitle::query().filter(books::author_id.eq(1)).load(conn).unwrap();
    /// assert_eq!(ursulas.len(), 2);
    /// # }
    /// ```
    pub fn filter<E>(
        self,
        condition: E,
    ) -> Load<S, dsl::Filter<Q, CheckedCondition<S, O, E>>, P, T, O>
    where
        E: OnQueryOf<S, O, Checked: Condition>,
        Q: FilterDsl<CheckedCondition<S, O, E>>,
    {
        self.map(|query| FilterDsl::filter(query, condition.checked().condition()))
    }

    /// Adds the rows for which the condition is true to those that the filters so far keep.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// # #[derive(LoadSpec)]
    /// # #[load(Book)]
    /// # struct BookTitle { title: String }
    /// # let conn = &mut connection();
    /// let query = BookTitle::query().filter(books::id.eq(1)).or_filter(books::title.eq("Emma"));
    /// assert_eq!(query.load(conn).unwrap().len(), 2);
    /// # }
    /// ```
    pub fn or_filter<E>(
        self,
        condition: E,
    ) -> Load<S, dsl::OrFilter<Q, CheckedCondition<S, O, E>>, P, T, O>
    where
        E: OnQueryOf<S, O, Checked: Condition>,
        Q: OrFilterDsl<CheckedCondition<S, O, E>>,
    {
        self.map(|query| OrFilterDsl::or_filter(query, condition.checked().condition()))
    }

    /// Orders the rows by an expression or by a tuple of them, in place of the order so far.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// # #[derive(LoadSpec)]
    /// # #[load(Book)]
    /// # struct BookTitle { title: String }
    /// # let conn = &mut connection();
    /// let last = BookTitle::query().order((books::author_id, books::title.desc())).first(conn).unwrap();
    /// assert_eq!(last.title, "Rocannon");
    /// # }
    /// ```
    pub fn order<E>(self, expression: E) -> InOrder<S, Q, P, T, O, E>
    where
        E: OnQueryOf<S, O, Checked: OrdersMany<O>>,
        O: Ordered<Q, T, CheckedOrder<S, O, E>>,
    {
        self.map_both(|query, tail| O::order(query, tail, expression.checked().order()))
    }

    /// The same as [`order`](Self::order).
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// # #[derive(LoadSpec)]
    /// # #[load(Book)]
    /// # struct BookTitle { title: String }
    /// # let conn = &mut connection();
    /// let first = BookTitle::query().order_by(books::title).first(conn).unwrap();
    /// assert_eq!(first.title, "City of Illusions");
    /// # }
    /// ```
    pub fn order_by<E>(self, expression: E) -> InOrder<S, Q, P, T, O, E>
    where
        E: OnQueryOf<S, O, Checked: OrdersMany<O>>,
        O: Ordered<Q, T, CheckedOrder<S, O, E>>,
    {
        self.order(expression)
    }

    /// Orders the rows that the order so far holds equal.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// # #[derive(LoadSpec)]
    /// # #[load(Book)]
    /// # struct BookTitle { title: String }
    /// # let conn = &mut connection();
    /// let query = BookTitle::query().order(books::author_id.desc()).then_order_by(books::title);
    /// assert_eq!(query.load(conn).unwrap()[1].title, "City of Illusions");
    /// # }
    /// ```
    pub fn then_order_by<E>(self, expression: E) -> ThenInOrder<S, Q, P, T, O, E>
    where
        E: OnQueryOf<S, O, Checked: OrdersMany<O>>,
        O: ThenOrdered<Q, T, CheckedOrder<S, O, E>>,
    {
        self.map_both(|query, tail| O::then_order_by(query, tail, expression.checked().order()))
    }
}
