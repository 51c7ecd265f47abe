//! Optional prefetches: run where the query asks for them.

use diesel::QueryResult;
use diesel::deserialize;
use diesel::query_builder::AstPass;
use diesel::row::Row;

use super::{Begin, Cursor, Fields, FieldsFrom, Prefetch, PrefetchInto, SelectList};
use crate::cells::Cells;
use crate::dialect::Dialect;
use crate::key::KeyColumnsFor;
use crate::layout::Wanted;
use crate::path::Path;
use crate::plan::{PlanFields, Planner};
use crate::query::{Place, PlannedChildren, Slots};
use crate::spec::PrefetchField;
use crate::{LoadSpec, Relation, Requested};

/// Field `N` of the spec `S`, which is an optional prefetch.
///
/// The keys are read whether or not it is asked for, so that the spec has one query and one prepared statement.
pub struct OptionalPrefetch<S, const N: usize>(Prefetch<S, N>);

/// A query for children, which is run where it was asked for.
#[derive(Clone)]
pub struct OnRequest<Q> {
    children: Q,
    requested: bool,
}

/// The query that an [`OnRequest`] holds, as a place.
pub struct Within;

impl Place for Within {
    type Then<B: Place> = B;
}

impl<Q> Slots<Within> for OnRequest<Q> {
    type Slot = Q;
    type With<N> = OnRequest<N>;

    fn change<N>(self, request: bool, change: impl FnOnce(Q) -> N) -> OnRequest<N> {
        let requested = self.requested || request;
        OnRequest { children: change(self.children), requested }
    }

    fn request(&mut self) {
        self.requested = true;
    }
}

impl<S: PrefetchField<N>, const N: usize> Fields for OptionalPrefetch<S, N> {
    type Params = S::Params;
    type Computed = ();
    type Slots = OnRequest<S::Children>;
    type Cell = <Prefetch<S, N> as Fields>::Cell;
    type Value = S::Value;
    type Loaded = Requested<<Prefetch<S, N> as Fields>::Loaded>;
    const WANTED: Wanted = <Prefetch<S, N> as Fields>::WANTED;
    const OUTER_COLUMNS: usize = 0;
    const COPIES: bool = S::COPIES;
    const CONSTANT: bool = true;
    const PREFETCHES: bool = false;

    fn computed(_: &S::Params) {}

    fn slots(params: &S::Params) -> Self::Slots {
        OnRequest { children: S::children(params), requested: false }
    }

    fn join<P: Path, DB: Dialect>(_: AstPass<'_, '_, DB>, _: bool) -> QueryResult<()> {
        Ok(())
    }

    #[inline]
    fn value(cell: Self::Cell, loaded: &mut Self::Loaded) -> deserialize::Result<Self::Value> {
        match loaded {
            Requested::Loaded(loaded) => Prefetch::<S, N>::value(cell, loaded),
            Requested::NotRequested => {
                let held = S::Held::not_requested().expect("what is optional can be not requested");
                Ok(held.into())
            }
        }
    }
}

impl<S, DB, const N: usize> FieldsFrom<DB> for OptionalPrefetch<S, N>
where
    S: PrefetchField<N>,
    DB: Dialect,
    <S::Relation as Relation>::Key: KeyColumnsFor<DB>,
{
    fn select<'b, P: Path>(_: &'b (), _: &mut SelectList<'_, 'b, DB>, _: bool) -> QueryResult<()> {
        Ok(())
    }

    #[inline]
    fn read<'a, R: Row<'a, DB>>(cursor: &mut Cursor<'_, R>) -> deserialize::Result<Self::Cell> {
        Prefetch::<S, N>::read(cursor)
    }
}

impl<S, Slot, const N: usize> Begin<OnRequest<Slot>> for OptionalPrefetch<S, N>
where
    S: PrefetchField<N>,
{
    type Pending = Requested<<Prefetch<S, N> as Begin<Slot>>::Pending>;

    fn begin(cells: &mut impl Cells<Cell = Self::Cell>, slot: OnRequest<Slot>) -> Self::Pending {
        match slot.requested {
            true => Requested::Loaded(Prefetch::<S, N>::begin(cells, slot.children)),
            false => Requested::NotRequested,
        }
    }
}

impl<S, Slot, DB, const N: usize> PlanFields<OnRequest<Slot>, DB> for OptionalPrefetch<S, N>
where
    S: PrefetchField<N>,
    Slot: PlannedChildren<S::Relation, DB>,
    <Slot::Spec as LoadSpec>::Fields: PlanFields<Slot::Slots, DB>,
    DB: Dialect,
{
    fn plan<P: Path>(
        _: &(),
        slot: &OnRequest<Slot>,
        planner: &mut Planner<'_, DB>,
    ) -> QueryResult<()> {
        let (name, requested) = (<S as PrefetchField<N>>::NAME, Some(slot.requested));
        planner.prefetch::<S, S::Relation, _>(name, &slot.children, requested)
    }
}
