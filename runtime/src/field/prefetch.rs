//! Prefetched relations: one more query for all rows at once, stitched together in memory.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::deserialize;
use diesel::query_builder::AstPass;
use diesel::row::Row;

use super::{Begin, Cursor, Fields, FieldsFrom, PrefetchInto, SelectList};
use crate::cells::Cells;
use crate::dialect::Dialect;
use crate::error::BoxedError;
use crate::group::Grouped;
use crate::key::{KeyColumns, KeyColumnsFor, MAX_KEY_COLUMNS, key_text};
use crate::layout::Wanted;
use crate::path::Path;
use crate::pending::{Owner, PendingChildren};
use crate::plan::{PlanFields, Planner};
use crate::query::PlannedChildren;
use crate::spec::{Group, LoadSpec, PrefetchField};
use crate::{MissingRow, Model, Relation, SharedRows};

/// Field `N` of the spec `S`, which is a prefetched relation.
pub struct Prefetch<S, const N: usize>(PhantomData<S>);

type Related<S, const N: usize> = <S as PrefetchField<N>>::Relation;
type ChildModel<S, const N: usize> = <Related<S, N> as Relation>::Child;
type Key<S, const N: usize> = <<Related<S, N> as Relation>::Key as KeyColumns>::Value;
impl<S: PrefetchField<N>, const N: usize> Prefetch<S, N> {
    /// Where among the columns of the spec those of the key are.
    const fn key_places() -> [usize; MAX_KEY_COLUMNS] {
        let names = <Related<S, N> as Relation>::Key::NAMES;
        let mut places = [0; MAX_KEY_COLUMNS];
        let mut part = 0;
        while part < names.len() {
            places[part] = S::LAYOUT.place(names[part]);
            part += 1;
        }
        places
    }

    #[cold]
    fn missing(key: Option<&Key<S, N>>) -> BoxedError {
        MissingRow {
            spec: <S as LoadSpec>::NAME,
            relation: Related::<S, N>::NAME,
            table: ChildModel::<S, N>::TABLE,
            key: key.map(key_text),
        }
        .into()
    }

    #[cold]
    fn shared() -> BoxedError {
        let (spec, relation) = (<S as LoadSpec>::NAME, Related::<S, N>::NAME);
        SharedRows { spec, relation }.into()
    }
}

impl<S: PrefetchField<N>, const N: usize> Fields for Prefetch<S, N> {
    type Params = S::Params;
    type Computed = ();
    type Slots = S::Children;
    type Cell = Option<Key<S, N>>;
    type Value = S::Value;
    type Loaded = Grouped<Key<S, N>, Group<S, N>>;
    const WANTED: Wanted = Wanted::Columns(<Related<S, N> as Relation>::Key::NAMES);
    const OUTER_COLUMNS: usize = 0;
    const COPIES: bool = S::COPIES;
    const CONSTANT: bool = true;
    const PREFETCHES: bool = true;

    fn computed(_: &S::Params) {}

    fn slots(params: &S::Params) -> S::Children {
        S::children(params)
    }

    fn join<P: Path, DB: Dialect>(_: AstPass<'_, '_, DB>, _: bool) -> QueryResult<()> {
        Ok(())
    }

    #[inline]
    fn value(_: Self::Cell, loaded: &mut Self::Loaded) -> deserialize::Result<Self::Value> {
        let group = loaded
            .next(S::copy().map(|copy| move |group: &Group<S, N>| S::Held::copy(group, copy)))
            .ok_or_else(Self::shared)?;
        S::Held::finish(group).map(Into::into).ok_or_else(|| Self::missing(loaded.last_key()))
    }
}

impl<S, DB, const N: usize> FieldsFrom<DB> for Prefetch<S, N>
where
    S: PrefetchField<N>,
    DB: Dialect,
    <Related<S, N> as Relation>::Key: KeyColumnsFor<DB>,
{
    fn select<'b, P: Path>(_: &'b (), _: &mut SelectList<'_, 'b, DB>, _: bool) -> QueryResult<()> {
        Ok(())
    }

    #[inline]
    fn read<'a, R: Row<'a, DB>>(cursor: &mut Cursor<'_, R>) -> deserialize::Result<Self::Cell> {
        let places = const { Self::key_places() };
        <Related<S, N> as Relation>::Key::read(cursor.row, |part| cursor.start + places[part])
    }
}

impl<S, Slot, const N: usize> Begin<Slot> for Prefetch<S, N>
where
    S: PrefetchField<N>,
{
    type Pending = PendingChildren<S::Held, Related<S, N>, Slot>;

    fn begin(cells: &mut impl Cells<Cell = Self::Cell>, children: Slot) -> Self::Pending {
        let owner =
            Owner { spec: <S as LoadSpec>::NAME, field: Some(<S as PrefetchField<N>>::NAME) };
        PendingChildren::new(cells, children, owner)
    }
}

impl<S, Slot, DB, const N: usize> PlanFields<Slot, DB> for Prefetch<S, N>
where
    S: PrefetchField<N>,
    Slot: PlannedChildren<Related<S, N>, DB>,
    <Slot::Spec as LoadSpec>::Fields: PlanFields<Slot::Slots, DB>,
    DB: Dialect,
{
    fn plan<P: Path>(_: &(), children: &Slot, planner: &mut Planner<'_, DB>) -> QueryResult<()> {
        let name = <S as PrefetchField<N>>::NAME;
        planner.prefetch::<S, Related<S, N>, _>(name, children, None)
    }
}
