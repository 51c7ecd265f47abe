//! Diesel's query methods, passed on to Diesel's query.

use diesel::expression::Expression;
use diesel::expression_methods::EqAll;
use diesel::query_dsl::methods::{
    BoxedDsl, DistinctDsl, FilterDsl, FindDsl, LimitDsl, LockingDsl, ModifyLockDsl, OffsetDsl,
    OrFilterDsl, OrderDsl, SelectDsl, ThenOrderDsl,
};
use diesel::{QueryDsl, Table};

use super::Load;
use super::selected::Selected;
use super::tail::{Dynamic, End, LimitOffset, Locked, NoLock, Tail};
use crate::{LoadSpec, Model};

impl<S, Q, P, T> QueryDsl for Load<S, Q, P, T> {}

/// A method that takes one expression and changes Diesel's query only.
macro_rules! pass_on {
    ($($Dsl:ident :: $method:ident where $E:ident $(: $bound:path)?;)*) => {$(
        impl<S, Q, P, T, $E $(: $bound)?> $Dsl<$E> for Load<S, Q, P, T>
        where
            Q: $Dsl<$E>,
        {
            type Output = Load<S, Q::Output, P, T>;

            fn $method(self, expression: $E) -> Self::Output {
                self.map(|query| $Dsl::$method(query, expression))
            }
        }
    )*};
}

pass_on! {
    FilterDsl::filter where E;
    OrFilterDsl::or_filter where E;
    OrderDsl::order where E: Expression;
    ThenOrderDsl::then_order_by where E;
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

type PrimaryKey<S> = <<<S as LoadSpec>::Model as Model>::Table as Table>::PrimaryKey;

impl<S, Q, P, T, Key> FindDsl<Key> for Load<S, Q, P, T>
where
    S: LoadSpec,
    PrimaryKey<S>: EqAll<Key>,
    Q: FilterDsl<<PrimaryKey<S> as EqAll<Key>>::Output>,
{
    type Output = Load<S, Q::Output, P, T>;

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
        self.map(BoxedDsl::internal_into_boxed)
            .map_tail(|tail| Tail { limit: tail.limit.into(), lock: NoLock })
    }
}

impl<S, Q, P, L: LimitOffset, K> LimitDsl for Load<S, Q, P, Tail<L, K>> {
    type Output = Load<S, Q, P, Tail<L::WithLimit, K>>;

    fn limit(self, limit: i64) -> Self::Output {
        self.map_tail(|tail| Tail { limit: tail.limit.with_limit(limit), lock: tail.lock })
    }
}

impl<S, Q, P, L: LimitOffset, K> OffsetDsl for Load<S, Q, P, Tail<L, K>> {
    type Output = Load<S, Q, P, Tail<L::WithOffset, K>>;

    fn offset(self, offset: i64) -> Self::Output {
        self.map_tail(|tail| Tail { limit: tail.limit.with_offset(offset), lock: tail.lock })
    }
}

impl<S, Q, P, L, Mode> LockingDsl<Mode> for Load<S, Q, P, Tail<L>> {
    type Output = Load<S, Q, P, Tail<L, Locked<Mode, NoLock>>>;

    fn with_lock(self, mode: Mode) -> Self::Output {
        self.map_tail(|tail| Tail { limit: tail.limit, lock: Locked { mode, modifier: NoLock } })
    }
}

impl<S, Q, P, L, Mode, Old, New> ModifyLockDsl<New> for Load<S, Q, P, Tail<L, Locked<Mode, Old>>> {
    type Output = Load<S, Q, P, Tail<L, Locked<Mode, New>>>;

    fn modify_lock(self, modifier: New) -> Self::Output {
        self.map_tail(|tail| Tail {
            limit: tail.limit,
            lock: Locked { mode: tail.lock.mode, modifier },
        })
    }
}
