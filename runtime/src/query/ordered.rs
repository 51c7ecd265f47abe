//! What can be ordered and cut: the rows of a query, and those of a relation that leads to many.

use diesel::dsl;
use diesel::query_dsl::methods::{OrderDsl, ThenOrderDsl};

use super::order::{OrderBy, ThenBy};
use super::tail::Tail;
use crate::Relation;
use crate::relation::ToMany;
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

/// Where the order `E` of Diesel's query `Q` with the tail `T` goes: rows that are asked for by themselves are ordered
/// by Diesel, children by us.
pub trait Ordered<Q, T, E>: OfMany {
    /// The ordered query.
    type Query;
    /// Its tail.
    type Tail;

    /// Orders by `expression`, in place of the order so far.
    fn order(query: Q, tail: T, expression: E) -> (Self::Query, Self::Tail);
}

/// The same for what comes behind the order so far.
pub trait ThenOrdered<Q, T, E>: OfMany {
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
    Self: OfMany,
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
    Self: OfMany,
{
    type Query = Q;
    type Tail = Tail<L, K, O::Order, F>;

    fn then_order_by(query: Q, tail: Tail<L, K, O, F>, expression: E) -> (Q, Self::Tail) {
        (query, tail.map_order(|order| order.then_by(expression)))
    }
}
