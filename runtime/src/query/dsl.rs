//! Diesel's query methods, passed on to Diesel's query.

use diesel::expression::Expression;
use diesel::expression_methods::EqAll;
use diesel::query_dsl::methods::{
    BoxedDsl, DistinctDsl, FilterDsl, FindDsl, LimitDsl, LockingDsl, ModifyLockDsl, OffsetDsl,
    OrFilterDsl, OrderDsl, SelectDsl, ThenOrderDsl,
};
use diesel::{QueryDsl, Table};

use super::Load;
use super::order::{AnyOrder, BoxOrder};
use super::ordered::{OfMany, Ordered, ThenOrdered};
use super::selected::Selected;
use super::tail::{CanBeCut, CanBeDistinct, Dynamic, End, Locked, NoLock, Tail};
use crate::source::Of;
use crate::{LoadSpec, Model};

impl<S, Q, P, T, O> QueryDsl for Load<S, Q, P, T, O> {}

/// A method that takes one expression and changes Diesel's query only.
macro_rules! pass_on {
    ($($Dsl:ident :: $method:ident where $E:ident $(: $bound:path)?;)*) => {$(
        impl<S, Q, P, T, O, $E $(: $bound)?> $Dsl<$E> for Load<S, Q, P, T, O>
        where
            Q: $Dsl<$E>,
        {
            type Output = Load<S, Q::Output, P, T, O>;

            fn $method(self, expression: $E) -> Self::Output {
                self.map(|query| $Dsl::$method(query, expression))
            }
        }
    )*};
}

pass_on! {
    FilterDsl::filter where E;
    OrFilterDsl::or_filter where E;
}

impl<S, Q, P, T, O, E> OrderDsl<E> for Load<S, Q, P, T, O>
where
    E: Expression,
    O: OfMany + Ordered<Q, T, E>,
{
    type Output = Load<S, O::Query, P, O::Tail, O>;

    fn order(self, expression: E) -> Self::Output {
        self.map_both(|query, tail| O::order(query, tail, expression))
    }
}

impl<S, Q, P, T, O, E> ThenOrderDsl<E> for Load<S, Q, P, T, O>
where
    O: OfMany + ThenOrdered<Q, T, E>,
{
    type Output = Load<S, O::Query, P, O::Tail, O>;

    fn then_order_by(self, expression: E) -> Self::Output {
        self.map_both(|query, tail| O::then_order_by(query, tail, expression))
    }
}

impl<S, Q, P, T> DistinctDsl for Load<S, Q, P, T>
where
    Q: DistinctDsl,
{
    type Output = Load<S, Q::Output, P, T>;

    fn distinct(self) -> Self::Output {
        self.map(DistinctDsl::distinct)
    }
}

impl<S, Q, P, L, K, Or, F, R> DistinctDsl for Load<S, Q, P, Tail<L, K, Or, F>, Of<R>>
where
    Q: DistinctDsl,
    L: CanBeDistinct,
{
    type Output = Load<S, Q::Output, P, Tail<L::Distinct, K, Or, F>, Of<R>>;

    fn distinct(self) -> Self::Output {
        self.map(DistinctDsl::distinct).map_tail(|tail| tail.map_limit(CanBeDistinct::distinct))
    }
}

type PrimaryKey<S> = <<<S as LoadSpec>::Model as Model>::Table as Table>::PrimaryKey;

impl<S, Q, P, T, O, Key> FindDsl<Key> for Load<S, Q, P, T, O>
where
    S: LoadSpec,
    PrimaryKey<S>: EqAll<Key>,
    Q: FilterDsl<<PrimaryKey<S> as EqAll<Key>>::Output>,
{
    type Output = Load<S, Q::Output, P, T, O>;

    fn find(self, key: Key) -> Self::Output {
        let primary_key = <S::Model as Model>::Table::default().primary_key();
        self.map(|query| FilterDsl::filter(query, primary_key.eq_all(key)))
    }
}

/// Another selection makes it a plain query: `count()` is one.
impl<S, Q, P, T, Selection> SelectDsl<Selection> for Load<S, Q, P, T>
where
    Selection: Expression,
    Q: SelectDsl<Selected<Selection>>,
    T: End<Q::Output>,
{
    type Output = T::Ended;

    fn select(self, selection: Selection) -> Self::Output {
        self.tail.end(SelectDsl::select(self.query, Selected(selection)))
    }
}

impl<'a, S, Q, P, L, DB> BoxedDsl<'a, DB> for Load<S, Q, P, Tail<L>>
where
    Q: BoxedDsl<'a, DB>,
    L: Into<Dynamic>,
{
    type Output = Load<S, Q::Output, P, Tail<Dynamic>>;

    fn internal_into_boxed(self) -> Self::Output {
        self.map(BoxedDsl::internal_into_boxed).map_tail(|tail| tail.map_limit(Into::into))
    }
}

/// A query for children keeps its order and its declared filter besides Diesel's query.
impl<'a, S, Q, P, L, Or, F, R, DB> BoxedDsl<'a, DB> for Load<S, Q, P, Tail<L, NoLock, Or, F>, Of<R>>
where
    Q: BoxedDsl<'a, DB>,
    L: Into<Dynamic>,
    Or: BoxOrder<'a, DB>,
{
    type Output = Load<S, Q::Output, P, Tail<Dynamic, NoLock, AnyOrder<'a, DB>, F>, Of<R>>;

    fn internal_into_boxed(self) -> Self::Output {
        self.map(BoxedDsl::internal_into_boxed)
            .map_tail(|tail| tail.map_limit(Into::into).map_order(BoxOrder::boxed))
    }
}

impl<S, Q, P, L, K, Or, F, O> LimitDsl for Load<S, Q, P, Tail<L, K, Or, F>, O>
where
    L: CanBeCut,
    O: OfMany,
{
    type Output = Load<S, Q, P, Tail<L::WithLimit, K, Or, F>, O>;

    fn limit(self, limit: i64) -> Self::Output {
        self.map_tail(|tail| tail.map_limit(|old| old.with_limit(limit)))
    }
}

impl<S, Q, P, L, K, Or, F, O> OffsetDsl for Load<S, Q, P, Tail<L, K, Or, F>, O>
where
    L: CanBeCut,
    O: OfMany,
{
    type Output = Load<S, Q, P, Tail<L::WithOffset, K, Or, F>, O>;

    fn offset(self, offset: i64) -> Self::Output {
        self.map_tail(|tail| tail.map_limit(|old| old.with_offset(offset)))
    }
}

impl<S, Q, P, L, Mode> LockingDsl<Mode> for Load<S, Q, P, Tail<L>> {
    type Output = Load<S, Q, P, Tail<L, Locked<Mode, NoLock>>>;

    fn with_lock(self, mode: Mode) -> Self::Output {
        self.map_tail(|tail| tail.map_lock(|NoLock| Locked { mode, modifier: NoLock }))
    }
}

impl<S, Q, P, L, Mode, Old, New> ModifyLockDsl<New> for Load<S, Q, P, Tail<L, Locked<Mode, Old>>> {
    type Output = Load<S, Q, P, Tail<L, Locked<Mode, New>>>;

    fn modify_lock(self, modifier: New) -> Self::Output {
        self.map_tail(|tail| tail.map_lock(|lock| Locked { mode: lock.mode, modifier }))
    }
}
