//! Running loads on a connection that does not wait.

use std::future::Future;
use std::pin::pin;

use diesel::QueryResult;
use diesel::query_builder::{Query, QueryFragment, QueryId};
use futures_core::Stream;
use futures_util::StreamExt;

use super::runner::Runner;
use crate::dialect::Dialect;
use crate::field::{Begin, Fields, FieldsFrom, PrefetchInto};
use crate::gathered::Gathered;
use crate::key::KeyColumnsFor;
use crate::pending::{Asked, Group, Pending, PendingChildren, Spec};
use crate::query::Children;
use crate::row::{Keyed, Rows, no_rows};
use crate::source::{Of, Origin, OriginFrom};
use crate::watch::{Caller, Purpose};
use crate::{LoadSpec, Relation, Requested};

/// Loads that can be run on the backend `DB`.
pub trait RunAsync<DB: Dialect>: Pending<Loaded: Send> + Send {
    /// Runs them, for a load that was written there.
    fn run_async<R: Runner<DB>>(
        self,
        runner: &mut R,
        caller: Caller,
    ) -> impl Future<Output = QueryResult<Self::Loaded>> + Send;
}

impl<DB: Dialect> RunAsync<DB> for () {
    async fn run_async<R: Runner<DB>>(self, _: &mut R, _: Caller) -> QueryResult<()> {
        Ok(())
    }
}

impl<DB: Dialect, P: RunAsync<DB>> RunAsync<DB> for Requested<P> {
    async fn run_async<R: Runner<DB>>(
        self,
        runner: &mut R,
        caller: Caller,
    ) -> QueryResult<Requested<P::Loaded>> {
        match self {
            Self::NotRequested => Ok(Requested::NotRequested),
            Self::Loaded(loads) => loads.run_async(runner, caller).await.map(Requested::Loaded),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<V, R, Slot, DB> RunAsync<DB> for PendingChildren<V, R, Slot>
where
    V: PrefetchInto<R::Child>,
    R: Relation,
    DB: Dialect,
    Slot: Children<R, DB, Spec = Spec<V, R>, Slots: Send> + Send,
    Slot::Query: Query + QueryFragment<DB> + QueryId + Send,
    R::Key: KeyColumnsFor<DB>,
    Group<V, R>: Send,
    <Spec<V, R> as LoadSpec>::Fields:
        Fields<Cell: Send> + FieldsFrom<DB> + Begin<Slot::Slots, Pending: RunAsync<DB>>,
{
    async fn run_async<Q: Runner<DB>>(
        self,
        runner: &mut Q,
        caller: Caller,
    ) -> QueryResult<Self::Loaded> {
        let purpose = self.purpose(caller);
        let (query, slots, alone, mut to) = match self.ask::<DB>()? {
            Asked::Nothing(loaded) => return Ok(loaded),
            Asked::Children { query, slots, alone, to } => (query, slots, alone, to),
        };
        if alone {
            let mut loaded = nothing::<Spec<V, R>, _, _, _>(slots, runner, caller).await?;
            let mut children =
                pin!(runner.rows::<_, Keyed<Spec<V, R>, Of<R>>>(query, purpose).await?);
            while let Some(child) = children.next().await {
                to.take(child?.finish(&mut loaded)?)?;
            }
        } else {
            let (rows, loaded) =
                gather::<Spec<V, R>, Of<R>, _, _, _, _>(query, slots, runner, purpose).await?;
            for child in Rows::<std::iter::Empty<_>, _, _>::gathered(rows, loaded) {
                to.take(child?)?;
            }
        }
        Ok(to.finish())
    }
}

/// What the prefetches give of a query that runs alone.
pub(super) async fn nothing<S, Slots, DB, R>(
    slots: Slots,
    runner: &mut R,
    caller: Caller,
) -> QueryResult<<S::Fields as Fields>::Loaded>
where
    S: LoadSpec,
    DB: Dialect,
    R: Runner<DB>,
    S::Fields: Begin<Slots, Pending: RunAsync<DB>>,
{
    let loads = S::Fields::begin(&mut no_rows::<S>(), slots);
    loads.run_async(runner, caller).await
}

/// The rows of a query, and what their prefetches gave.
pub(super) async fn gather<S, O, Q, Slots, DB, R>(
    query: Q,
    slots: Slots,
    runner: &mut R,
    purpose: Purpose,
) -> QueryResult<(Gathered<Keyed<S, O>>, <S::Fields as Fields>::Loaded)>
where
    S: LoadSpec,
    O: Origin<Key: Send> + OriginFrom<DB>,
    Q: Query + QueryFragment<DB> + QueryId + Send,
    Slots: Send,
    DB: Dialect,
    R: Runner<DB>,
    S::Fields: Fields<Cell: Send> + FieldsFrom<DB> + Begin<Slots, Pending: RunAsync<DB>>,
{
    let mut rows = collect(runner.rows(query, purpose).await?).await?;
    let loads = S::Fields::begin(&mut rows, slots);
    let loaded = loads.run_async(runner, purpose.caller).await?;
    Ok((rows, loaded))
}

/// All rows, or the first error.
async fn collect<T>(rows: impl Stream<Item = QueryResult<T>>) -> QueryResult<Gathered<T>> {
    let mut rows = pin!(rows);
    let mut gathered = Gathered::default();
    while let Some(row) = rows.next().await {
        gathered.push(row?);
    }
    Ok(gathered)
}

/// Loads that are run together where the connection can.
macro_rules! tuples {
    ($($A:ident $($B:ident)*;)*) => {$(
        impl<DB: Dialect, $A: RunAsync<DB>, $($B: RunAsync<DB>),*> RunAsync<DB> for ($A, $($B,)*) {
            #[allow(non_snake_case)]
            async fn run_async<R: Runner<DB>>(self, runner: &mut R, caller: Caller) -> QueryResult<Self::Loaded> {
                let ($A, $($B,)*) = self;
                let ($A, ($($B,)*)) = runner.both($A, ($($B,)*), caller).await?;
                Ok(($A, $($B,)*))
            }
        }
    )*};
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}
