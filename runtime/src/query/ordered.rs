//! What can be ordered and cut: the rows of a query, and those of a relation that leads to many.

use diesel::dsl;
use diesel::query_dsl::methods::{OrderDsl, ThenOrderDsl};

use super::order::{OrderBy, ThenBy};
use super::tail::Tail;
use super::{Load, Never};
use crate::Relation;
use crate::relation::{ToMany, ToOne};
use crate::source::{Itself, Of};

/// Rows of which there can be many.
#[diagnostic::on_unimplemented(
    message = "a relation that leads to one row at the most has nothing to order or to cut",
    label = "not for this prefetch",
    note = "`order`, `limit` and `offset` are for a `has_many` or `many_to_many`"
)]
pub trait OfMany {}

impl OfMany for Itself {}

#[diagnostic::do_not_recommend]
impl<R: Relation<Leads = ToMany>> OfMany for Of<R> {}

/// Never implemented: what would cut the one row of the relation `R`.
#[diagnostic::on_unimplemented(
    message = "`{R}` leads to one row at the most, which nothing cuts",
    label = "not for this prefetch",
    note = "`limit` and `offset` are for a `has_many` or `many_to_many`; a `filter` can leave the row out"
)]
pub trait CutsOne<R> {
    /// No query.
    type Cut;
}

impl<S, Q, P, T, R: Relation<Leads = ToOne>> Load<S, Q, P, T, Of<R>> {
    /// Does not compile.
    #[doc(hidden)]
    pub fn limit<N: CutsOne<R>>(self, _limit: N) -> N::Cut {
        unreachable!()
    }

    /// Does not compile.
    #[doc(hidden)]
    pub fn offset<N: CutsOne<R>>(self, _offset: N) -> N::Cut {
        unreachable!()
    }
}

/// Never implemented: a connection that would load the rows of the relation `R` without their parents.
#[diagnostic::on_unimplemented(
    message = "the rows of `{R}` are loaded with their parents, not in the closure",
    label = "not loaded here",
    note = "return the query that the closure is given, after its methods were called: `|books| books.limit(5)`"
)]
pub trait LoadsAlone<R> {
    /// No rows.
    type Rows;
}

impl<S, Q, P, T, R> Load<S, Q, P, T, Of<R>> {
    /// Does not compile.
    #[doc(hidden)]
    pub fn load<Conn: LoadsAlone<R>>(self, _conn: Conn) -> Conn::Rows {
        unreachable!()
    }

    /// Does not compile.
    #[doc(hidden)]
    pub fn first<Conn: LoadsAlone<R>>(self, _conn: Conn) -> Conn::Rows {
        unreachable!()
    }

    /// No query for the rows, which a closure that refines them would have to return.
    #[doc(hidden)]
    pub fn count(self) {}
}

/// What the rows `O` can be ordered by.
#[diagnostic::on_unimplemented(
    message = "a relation that leads to one row at the most has nothing to order",
    label = "not for this prefetch",
    note = "`order_by` and `then_order_by` are for a `has_many` or `many_to_many`"
)]
pub trait OrdersMany<O> {
    /// The expression itself. Where the bound does not hold this is no type, and nothing more is told of it.
    type Order;

    /// The expression itself.
    fn order(self) -> Self::Order;
}

#[diagnostic::do_not_recommend]
impl<E, O: OfMany> OrdersMany<O> for E {
    type Order = E;

    fn order(self) -> E {
        self
    }
}

// Never holds: as for the expressions of a query.
impl<E, O> OrdersMany<O> for E
where
    for<'a> (): Never<'a>,
{
    type Order = E;

    fn order(self) -> E {
        self
    }
}

/// Where the order `E` of Diesel's query `Q` with the tail `T` goes: rows that are asked for by themselves are ordered
/// by Diesel, children by us.
pub trait Ordered<Q, T, E> {
    /// The ordered query.
    type Query;
    /// Its tail.
    type Tail;

    /// Orders by `expression`, in place of the order so far.
    fn order(query: Q, tail: T, expression: E) -> (Self::Query, Self::Tail);
}

/// The same for what comes behind the order so far.
pub trait ThenOrdered<Q, T, E> {
    /// The ordered query.
    type Query;
    /// Its tail.
    type Tail;

    /// Orders by `expression` what the order so far holds equal.
    fn then_order_by(query: Q, tail: T, expression: E) -> (Self::Query, Self::Tail);
}

#[diagnostic::do_not_recommend]
impl<Q: OrderDsl<E>, T, E: diesel::Expression> Ordered<Q, T, E> for Itself {
    type Query = dsl::Order<Q, E>;
    type Tail = T;

    fn order(query: Q, tail: T, expression: E) -> (Self::Query, T) {
        (OrderDsl::order(query, expression), tail)
    }
}

#[diagnostic::do_not_recommend]
impl<Q: ThenOrderDsl<E>, T, E> ThenOrdered<Q, T, E> for Itself {
    type Query = dsl::ThenOrderBy<Q, E>;
    type Tail = T;

    fn then_order_by(query: Q, tail: T, expression: E) -> (Self::Query, T) {
        (ThenOrderDsl::then_order_by(query, expression), tail)
    }
}

#[diagnostic::do_not_recommend]
impl<Q, L, K, O, F, E, R> Ordered<Q, Tail<L, K, O, F>, E> for Of<R>
where
    O: OrderBy<E>,
{
    type Query = Q;
    type Tail = Tail<L, K, O::Order, F>;

    fn order(query: Q, tail: Tail<L, K, O, F>, expression: E) -> (Q, Self::Tail) {
        (query, tail.map_order(|_| O::order_by(expression)))
    }
}

#[diagnostic::do_not_recommend]
impl<Q, L, K, O, F, E, R> ThenOrdered<Q, Tail<L, K, O, F>, E> for Of<R>
where
    O: ThenBy<E>,
{
    type Query = Q;
    type Tail = Tail<L, K, O::Order, F>;

    fn then_order_by(query: Q, tail: Tail<L, K, O, F>, expression: E) -> (Q, Self::Tail) {
        (query, tail.map_order(|order| order.then_by(expression)))
    }
}
