//! A child of a many-to-many together with the row of the through table that leads to it.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::deserialize;
use diesel::query_builder::AstPass;
use diesel::row::Row;

use super::{Begin, Cursor, Fields, FieldsFrom, SelectList, read_spec, select_spec};
use crate::cells::Cells;
use crate::dialect::Dialect;
use crate::layout::Wanted;
use crate::path::{Path, Root};
use crate::plan::{PlanFields, Planner};
use crate::spec::LoadSpec;

/// The fields of the spec `A` of the child, and those of the spec `B` of the through row.
pub struct WithThrough<A, B>(PhantomData<(A, B)>);

type Of<S> = <S as LoadSpec>::Fields;

/// Two specs, of a child and of the through row beside it.
pub trait Pair {
    /// The spec of the through row.
    type Second: LoadSpec;
}

impl<A: LoadSpec, B: LoadSpec> Pair for (A, B) {
    type Second = B;
}

impl<A: LoadSpec, B: LoadSpec> LoadSpec for (A, B) {
    type Model = A::Model;
    type Params = (A::Params, B::Params);
    type Fields = WithThrough<A, B>;
    const NAME: &'static str = A::NAME;
    const QUERIES: usize = A::QUERIES + B::QUERIES - 1;
    type Through = B::Model;

    fn build(values: (<Of<A> as Fields>::Value, <Of<B> as Fields>::Value)) -> Self {
        (A::build(values.0), B::build(values.1))
    }
}

impl<A: LoadSpec, B: LoadSpec> Fields for WithThrough<A, B> {
    type Params = (A::Params, B::Params);
    type Computed = (<Of<A> as Fields>::Computed, <Of<B> as Fields>::Computed);
    type Slots = (<Of<A> as Fields>::Slots, <Of<B> as Fields>::Slots);
    type Cell = (<Of<A> as Fields>::Cell, <Of<B> as Fields>::Cell);
    type Value = (<Of<A> as Fields>::Value, <Of<B> as Fields>::Value);
    type Loaded = (<Of<A> as Fields>::Loaded, <Of<B> as Fields>::Loaded);
    const WANTED: Wanted = <Of<A> as Fields>::WANTED;
    const OUTER_COLUMNS: usize = <Of<A> as Fields>::OUTER_COLUMNS;
    const COPIES: bool = <Of<A> as Fields>::COPIES && <Of<B> as Fields>::COPIES;
    const CONSTANT: bool = <Of<A> as Fields>::CONSTANT && <Of<B> as Fields>::CONSTANT;
    const PREFETCHES: bool = <Of<A> as Fields>::PREFETCHES || <Of<B> as Fields>::PREFETCHES;

    fn computed(params: &Self::Params) -> Self::Computed {
        (Of::<A>::computed(&params.0), Of::<B>::computed(&params.1))
    }

    fn slots(params: &Self::Params) -> Self::Slots {
        (Of::<A>::slots(&params.0), Of::<B>::slots(&params.1))
    }

    fn join<P: Path, DB: Dialect>(mut out: AstPass<'_, '_, DB>, outer: bool) -> QueryResult<()> {
        Of::<A>::join::<P, DB>(out.reborrow(), outer)?;
        Of::<B>::join::<Root<B::Model>, DB>(out, outer)
    }

    #[inline]
    fn value(cell: Self::Cell, loaded: &mut Self::Loaded) -> deserialize::Result<Self::Value> {
        Ok((Of::<A>::value(cell.0, &mut loaded.0)?, Of::<B>::value(cell.1, &mut loaded.1)?))
    }
}

impl<A: LoadSpec, B: LoadSpec, DB: Dialect> FieldsFrom<DB> for WithThrough<A, B>
where
    Of<A>: FieldsFrom<DB>,
    Of<B>: FieldsFrom<DB>,
{
    fn select<'b, P: Path>(
        computed: &'b Self::Computed,
        list: &mut SelectList<'_, 'b, DB>,
        outer: bool,
    ) -> QueryResult<()> {
        Of::<A>::select::<P>(&computed.0, list, outer)?;
        select_spec::<B, Root<B::Model>, DB>(&computed.1, list, outer)
    }

    #[inline]
    fn read<'a, R: Row<'a, DB>>(cursor: &mut Cursor<'_, R>) -> deserialize::Result<Self::Cell> {
        let child = Of::<A>::read(cursor)?;
        let outer = cursor.outer;
        Ok((child, read_spec::<B, DB, R>(cursor, outer)?))
    }
}

impl<A, B, SA, SB> Begin<(SA, SB)> for WithThrough<A, B>
where
    A: LoadSpec,
    B: LoadSpec,
    Of<A>: Begin<SA>,
    Of<B>: Begin<SB>,
{
    type Pending = (<Of<A> as Begin<SA>>::Pending, <Of<B> as Begin<SB>>::Pending);

    fn begin(cells: &mut impl Cells<Cell = Self::Cell>, slots: (SA, SB)) -> Self::Pending {
        (
            Of::<A>::begin(&mut cells.part(|cell| &mut cell.0), slots.0),
            Of::<B>::begin(&mut cells.part(|cell| &mut cell.1), slots.1),
        )
    }
}

impl<A, B, SA, SB, DB> PlanFields<(SA, SB), DB> for WithThrough<A, B>
where
    A: LoadSpec,
    B: LoadSpec,
    Of<A>: PlanFields<SA, DB>,
    Of<B>: PlanFields<SB, DB>,
    DB: Dialect,
{
    fn plan<P: Path>(
        computed: &Self::Computed,
        slots: &(SA, SB),
        planner: &mut Planner<'_, DB>,
    ) -> QueryResult<()> {
        Of::<A>::plan::<P>(&computed.0, &slots.0, planner)?;
        Of::<B>::plan::<Root<B::Model>>(&computed.1, &slots.1, planner)
    }
}
