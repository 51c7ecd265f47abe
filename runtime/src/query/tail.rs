//! What ends a query: its limit, its offset and its lock.
//!
//! Diesel binds the limit as it is, which makes some databases plan the statement again for each value. So the
//! limit is not Diesel's; and as the lock must be written after it, the lock is not either. Of a query for children the
//! order is ours too, and the filter that its field declares.

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};

use super::filter::NoFilter;
use super::order::NoOrder;
use crate::dialect::{Dialect, write_limit};

/// Diesel's query `Q`, ended by the tail `T`.
pub struct Ended<Q, T> {
    pub(super) query: Q,
    pub(super) tail: T,
}

/// A limit, an offset and a lock; for children also an order, and a filter that no other can widen.
#[derive(Clone, Default)]
pub struct Tail<L = Unlimited, K = NoLock, O = NoOrder, F = NoFilter> {
    pub(super) limit: L,
    pub(super) lock: K,
    pub(super) order: O,
    pub(super) filter: F,
}

impl<L, K, O, F> Tail<L, K, O, F> {
    pub(super) fn map_limit<R>(self, change: impl FnOnce(L) -> R) -> Tail<R, K, O, F> {
        let Self { limit, lock, order, filter } = self;
        Tail { limit: change(limit), lock, order, filter }
    }

    pub(super) fn map_lock<R>(self, change: impl FnOnce(K) -> R) -> Tail<L, R, O, F> {
        let Self { limit, lock, order, filter } = self;
        Tail { limit, lock: change(lock), order, filter }
    }

    pub(super) fn map_order<R>(self, change: impl FnOnce(O) -> R) -> Tail<L, K, R, F> {
        let Self { limit, lock, order, filter } = self;
        Tail { limit, lock, order: change(order), filter }
    }
}

/// No limit and no offset.
#[derive(Clone, Default)]
pub struct Unlimited;

/// No limit and no offset, and no equal rows: of children, which are told apart before they are cut.
#[derive(Clone, Default)]
pub struct Distinct;

/// A limit, an offset or both: which of them is known at compile time, so that the SQL is constant.
#[derive(Clone)]
pub struct Limited<const LIMIT: bool, const OFFSET: bool> {
    limit: i64,
    offset: i64,
}

impl<const LIMIT: bool, const OFFSET: bool> Limited<LIMIT, OFFSET> {
    /// The limit and the offset that a field declares. One that it does not declare is not looked at.
    pub fn of(limit: i64, offset: i64) -> Self {
        Self { limit, offset }
    }
}

/// A limit and an offset that may or may not be there: those of a boxed query.
#[derive(Clone, Default)]
pub struct Dynamic {
    limit: Option<i64>,
    offset: Option<i64>,
    distinct: bool,
}

/// No lock, or no modifier of a lock.
#[derive(Clone, Default)]
pub struct NoLock;

/// A lock on the rows that are read.
#[derive(Clone)]
pub struct Locked<Mode, Modifier> {
    pub(super) mode: Mode,
    pub(super) modifier: Modifier,
}

/// What the methods `limit` and `offset` do.
pub trait LimitOffset: Clone + 'static {
    /// With a limit.
    type WithLimit;
    /// With an offset.
    type WithOffset;
    /// Whether the SQL is the same for all values of this type.
    const CONSTANT: bool = true;

    /// Sets the limit.
    fn with_limit(self, limit: i64) -> Self::WithLimit;
    /// Sets the offset.
    fn with_offset(self, offset: i64) -> Self::WithOffset;
    /// The limit and the offset.
    fn get(&self) -> (Option<&i64>, Option<&i64>);

    /// Whether equal children come once.
    fn is_distinct(&self) -> bool {
        false
    }
}

/// What can be given a limit or an offset.
#[diagnostic::on_unimplemented(
    message = "a prefetch is `distinct` or has a limit, not both",
    label = "equal rows are left out after the rows were cut",
    note = "leave `distinct` out, or cut the rows after they were loaded"
)]
pub trait CanBeCut: LimitOffset {}

impl CanBeCut for Unlimited {}
impl<const LIMIT: bool, const OFFSET: bool> CanBeCut for Limited<LIMIT, OFFSET> {}
impl CanBeCut for Dynamic {}

/// What equal children can be left out of.
#[diagnostic::on_unimplemented(
    message = "a prefetch is `distinct` or has a limit, not both",
    label = "equal rows are left out after the rows were cut",
    note = "leave `distinct` out, or cut the rows after they were loaded"
)]
pub trait CanBeDistinct {
    /// The same without equal rows.
    type Distinct;

    /// The same without equal rows.
    fn distinct(self) -> Self::Distinct;
}

impl CanBeDistinct for Unlimited {
    type Distinct = Distinct;

    fn distinct(self) -> Distinct {
        Distinct
    }
}

impl CanBeDistinct for Distinct {
    type Distinct = Self;

    fn distinct(self) -> Self {
        self
    }
}

impl CanBeDistinct for Dynamic {
    type Distinct = Self;

    fn distinct(self) -> Self {
        Self { distinct: true, ..self }
    }
}

impl LimitOffset for Distinct {
    type WithLimit = Dynamic;
    type WithOffset = Dynamic;

    fn with_limit(self, limit: i64) -> Dynamic {
        Dynamic::from(self).with_limit(limit)
    }

    fn with_offset(self, offset: i64) -> Dynamic {
        Dynamic::from(self).with_offset(offset)
    }

    fn get(&self) -> (Option<&i64>, Option<&i64>) {
        (None, None)
    }

    fn is_distinct(&self) -> bool {
        true
    }
}

impl From<Distinct> for Dynamic {
    fn from(_: Distinct) -> Self {
        Self { distinct: true, ..Self::default() }
    }
}

impl LimitOffset for Unlimited {
    type WithLimit = Limited<true, false>;
    type WithOffset = Limited<false, true>;

    fn with_limit(self, limit: i64) -> Self::WithLimit {
        Limited { limit, offset: 0 }
    }

    fn with_offset(self, offset: i64) -> Self::WithOffset {
        Limited { limit: 0, offset }
    }

    fn get(&self) -> (Option<&i64>, Option<&i64>) {
        (None, None)
    }
}

impl<const LIMIT: bool, const OFFSET: bool> LimitOffset for Limited<LIMIT, OFFSET> {
    type WithLimit = Limited<true, OFFSET>;
    type WithOffset = Limited<LIMIT, true>;

    fn with_limit(self, limit: i64) -> Self::WithLimit {
        Limited { limit, offset: self.offset }
    }

    fn with_offset(self, offset: i64) -> Self::WithOffset {
        Limited { limit: self.limit, offset }
    }

    fn get(&self) -> (Option<&i64>, Option<&i64>) {
        (LIMIT.then_some(&self.limit), OFFSET.then_some(&self.offset))
    }
}

impl LimitOffset for Dynamic {
    type WithLimit = Self;
    type WithOffset = Self;
    const CONSTANT: bool = false;

    fn with_limit(self, limit: i64) -> Self {
        Self { limit: Some(limit), ..self }
    }

    fn with_offset(self, offset: i64) -> Self {
        Self { offset: Some(offset), ..self }
    }

    fn get(&self) -> (Option<&i64>, Option<&i64>) {
        (self.limit.as_ref(), self.offset.as_ref())
    }

    fn is_distinct(&self) -> bool {
        self.distinct
    }
}

impl From<Unlimited> for Dynamic {
    fn from(_: Unlimited) -> Self {
        Self::default()
    }
}

impl<const LIMIT: bool, const OFFSET: bool> From<Limited<LIMIT, OFFSET>> for Dynamic {
    fn from(limited: Limited<LIMIT, OFFSET>) -> Self {
        let Limited { limit, offset } = limited;
        Self { limit: LIMIT.then_some(limit), offset: OFFSET.then_some(offset), distinct: false }
    }
}

/// A tail that can be put behind Diesel's query `Q`.
pub trait End<Q> {
    /// The whole query.
    type Ended;

    /// Puts it there.
    fn end(self, query: Q) -> Self::Ended;
}

/// An empty tail leaves Diesel's query as it is, with all its methods.
impl<Q> End<Q> for Tail {
    type Ended = Q;

    fn end(self, query: Q) -> Q {
        query
    }
}

macro_rules! ends {
    ($([$($parameter:tt)*] $tail:ty;)*) => {$(
        impl<Q, $($parameter)*> End<Q> for $tail {
            type Ended = Ended<Q, Self>;

            fn end(self, query: Q) -> Self::Ended {
                Ended { query, tail: self }
            }
        }
    )*};
}

ends! {
    [const LIMIT: bool, const OFFSET: bool] Tail<Limited<LIMIT, OFFSET>>;
    [] Tail<Dynamic>;
    [L, Mode, Modifier] Tail<L, Locked<Mode, Modifier>>;
}

impl<DB: Backend> QueryFragment<DB> for NoLock {
    fn walk_ast<'b>(&'b self, _: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        Ok(())
    }
}

impl QueryId for NoLock {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<DB: Backend, Mode: QueryFragment<DB>, Modifier: QueryFragment<DB>> QueryFragment<DB>
    for Locked<Mode, Modifier>
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.mode.walk_ast(out.reborrow())?;
        self.modifier.walk_ast(out)
    }
}

impl<Mode: QueryId, Modifier: QueryId> QueryId for Locked<Mode, Modifier> {
    type QueryId = Locked<Mode::QueryId, Modifier::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = Mode::HAS_STATIC_QUERY_ID && Modifier::HAS_STATIC_QUERY_ID;
}

impl<L: LimitOffset, K: QueryId> QueryId for Tail<L, K> {
    type QueryId = Tail<L, K::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = L::CONSTANT && K::HAS_STATIC_QUERY_ID;
}

/// Of children the tail is only kept: their statement is written with its order and its filter in their places.
impl<L: LimitOffset, K: QueryFragment<DB>, DB: Dialect> QueryFragment<DB> for Tail<L, K> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let (limit, offset) = self.limit.get();
        write_limit(limit, offset, out.reborrow())?;
        self.lock.walk_ast(out)
    }
}

impl<Q: Query, T> Query for Ended<Q, T> {
    type SqlType = Q::SqlType;
}

impl<Q: QueryId, T: QueryId> QueryId for Ended<Q, T> {
    type QueryId = Ended<Q::QueryId, T::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = Q::HAS_STATIC_QUERY_ID && T::HAS_STATIC_QUERY_ID;
    const IS_WINDOW_FUNCTION: bool = Q::IS_WINDOW_FUNCTION;
}

impl<Q: QueryFragment<DB>, T: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for Ended<Q, T> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.query.walk_ast(out.reborrow())?;
        self.tail.walk_ast(out)
    }
}

impl<Q, T, Conn> diesel::RunQueryDsl<Conn> for Ended<Q, T> {}
