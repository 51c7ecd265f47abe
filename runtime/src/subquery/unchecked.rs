//! The methods of relations as expanded code calls them. What is wrong with an argument is told by its type, which
//! [`aliases`](super::aliases) check, and not once more by its value.

use std::marker::PhantomData;

use super::Exists;
use super::function::{Avg, CountDistinct, DefaultOf, Max, Min, Sum};
use super::methods::{Of, RelationOf, Rows, aggregate};
use crate::query::And;

macro_rules! aggregates {
    ($($name:ident $Function:ident;)*) => {$(
        #[doc = concat!("`books.", stringify!($name), "(e)`.")]
        pub fn $name<T: Rows, E>(rows: T, expression: E) -> Of<T, $Function<E>> {
            aggregate(rows, $Function(expression))
        }
    )*};
}

aggregates! {
    count_distinct CountDistinct;
    sum Sum;
    avg Avg;
    min Min;
    max Max;
}

/// `books.any(e)`.
pub fn any<T: Rows, E>(rows: T, condition: E) -> Exists<RelationOf<T>, And<T::Filter, E>> {
    Exists { filter: And(rows.into_filter(), condition), relation: PhantomData }
}

/// `books.none(e)`.
pub fn none<T: Rows, E>(rows: T, condition: E) -> Exists<RelationOf<T>, And<T::Filter, E>, true> {
    Exists { filter: And(rows.into_filter(), condition), relation: PhantomData }
}

/// `books.sum(e).default(v)`.
pub fn default<A, V, D: Defaulted<A, V>>(aggregate: A, value: V) -> D {
    D::of(aggregate, value)
}

/// What has the aggregate `A` with the default `V` as its value: where it is known to be no type, nothing is asked.
pub trait Defaulted<A, V> {
    /// The aggregate with the default.
    fn of(aggregate: A, value: V) -> Self;
}

impl<A, V: DefaultOf<A, WithDefault = D>, D> Defaulted<A, V> for D {
    fn of(aggregate: A, value: V) -> D {
        value.default_of(aggregate)
    }
}

/// A value of this type, where nothing else says it.
pub fn of_type<T>(value: T) -> T {
    value
}
