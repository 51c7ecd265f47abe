//! What stands in the place of Diesel's query in one for the children of a relation: their filter. The statement is
//! written when the keys of the parents are known.

use std::marker::PhantomData;

use diesel::expression::{AppearsOnTable, Expression, NonAggregate};
use diesel::query_dsl::methods::{BoxedDsl, DistinctDsl, FilterDsl, OrFilterDsl};
use diesel::sql_types::BoolOrNullableBool;

use super::filter::{AddFilter, AnyFilter, BoxFilter, NoFilter};
use crate::LoadSpec;
use crate::source::{Joined, Of};

/// The rows of the spec `S` that the relation `R` leads to, and for which the filter `W` holds.
pub struct Rows<S, R, W = NoFilter> {
    pub(super) filter: W,
    rows: PhantomData<fn() -> (S, R)>,
}

impl<S, R> Default for Rows<S, R> {
    fn default() -> Self {
        Self::new(NoFilter)
    }
}

impl<S, R, W: Clone> Clone for Rows<S, R, W> {
    fn clone(&self) -> Self {
        Self::new(self.filter.clone())
    }
}

impl<S, R, W> Rows<S, R, W> {
    fn new(filter: W) -> Self {
        Self { filter, rows: PhantomData }
    }
}

macro_rules! filtered {
    ($($Dsl:ident :: $method:ident by $and:ident -> $Output:ident;)*) => {$(
        impl<S, R, W, E> $Dsl<E> for Rows<S, R, W>
        where
            S: LoadSpec,
            W: AddFilter<E>,
            E: Expression<SqlType: BoolOrNullableBool> + NonAggregate + AppearsOnTable<Joined<S, Of<R>>>,
        {
            type Output = Rows<S, R, W::$Output>;

            fn $method(self, condition: E) -> Self::Output {
                Rows::new(self.filter.$and(condition))
            }
        }
    )*};
}

filtered! {
    FilterDsl::filter by and -> And;
    OrFilterDsl::or_filter by or -> Or;
}

/// That equal rows come once is said by the tail of the query.
impl<S, R, W> DistinctDsl for Rows<S, R, W> {
    type Output = Self;

    fn distinct(self) -> Self {
        self
    }
}

impl<'a, S, R, W, DB> BoxedDsl<'a, DB> for Rows<S, R, W>
where
    W: BoxFilter<'a, DB>,
{
    type Output = Rows<S, R, AnyFilter<'a, DB>>;

    fn internal_into_boxed(self) -> Self::Output {
        Rows::new(self.filter.boxed())
    }
}
