//! Joined relations.
//!
//! The join is `INNER` only where the field is a plain spec and no join above it is outer; elsewhere it is
//! `LEFT OUTER`, all the way down. Below a left join the column that the join compared is always selected: it is `NULL`
//! exactly where there is no row, whatever the other columns hold.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::deserialize;
use diesel::query_builder::AstPass;
use diesel::row::{Field as _, Row};

use super::{Begin, Cursor, Fields, FieldsFrom, SelectList, read_spec, select_spec};
use crate::cells::{Cells, Present};
use crate::dialect::Dialect;
use crate::error::BoxedError;
use crate::joined::{Always, Maybe, Presence};
use crate::key::KeyColumns;
use crate::layout::Wanted;
use crate::path::{Path, Step, write_column};
use crate::plan::{PlanFields, Planner};
use crate::query::Never;
use crate::relation::Holding;
use crate::spec::{JoinField, LoadSpec};
use crate::{MissingRow, Model, Relation};

/// The type of a field that holds a joined row of the model `M`: a spec of `M`, or an `Option` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold a joined row of `{M}`",
    label = "not a load spec of `{M}`, nor an `Option` of one",
    note = "a join reads one row: use a struct with `#[derive(LoadSpec)]` and `#[load({M})]`, or an `Option` of it"
)]
pub trait JoinInto<M>: Sized + 'static {
    /// The type itself. The expansion of a field names it by this, so that a type that does not fit is reported once: the
    /// compiler goes on with no type where this one would stand.
    type Itself;
    /// The spec.
    type Spec: LoadSpec;
    /// Whether it can say that there is no row.
    const OPTIONAL: bool;
    /// What an `Option` makes of the columns that are read through it.
    type Presence: Presence;
    /// The type of a field that names this one and leaves to the relation whether a row may be missing: an `Option` is
    /// one in any case.
    type Of<H: Holding>: 'static;

    /// The field for the row that was found, if one was.
    fn from_row(row: Option<Self::Spec>) -> Option<Self>;
}

#[diagnostic::do_not_recommend]
impl<M, S: LoadSpec<Model = M>> JoinInto<M> for S {
    type Itself = Self;
    type Spec = S;
    const OPTIONAL: bool = false;
    type Presence = Always;
    type Of<H: Holding> = H::Joined<S>;

    fn from_row(row: Option<S>) -> Option<S> {
        row
    }
}

#[diagnostic::do_not_recommend]
impl<M, S: LoadSpec<Model = M>> JoinInto<M> for Option<S> {
    type Itself = Self;
    type Spec = S;
    const OPTIONAL: bool = true;
    type Presence = Maybe;
    type Of<H: Holding> = Self;

    fn from_row(row: Option<S>) -> Option<Option<S>> {
        Some(row)
    }
}

// Never holds: as for the expressions of a query.
impl<M, T> JoinInto<M> for T
where
    for<'a> (): Never<'a>,
    T: LoadSpec,
{
    type Itself = T;
    type Spec = T;
    const OPTIONAL: bool = false;
    type Presence = Always;
    type Of<H: Holding> = T;

    fn from_row(row: Option<T>) -> Option<T> {
        row
    }
}

/// Field `N` of the spec `S`, which is a joined relation.
pub struct Join<S, const N: usize>(PhantomData<S>);

type Related<S, const N: usize> = <S as JoinField<N>>::Relation;
type Child<S, const N: usize> = <<S as JoinField<N>>::Relation as Relation>::Child;
type Held<S, const N: usize> = <<S as JoinField<N>>::Held as JoinInto<Child<S, N>>>::Spec;
type Inner<S, const N: usize> = <Held<S, N> as LoadSpec>::Fields;

/// How many columns the spec `S` selects below a left join.
const fn inner_columns<S: LoadSpec>() -> usize {
    S::LAYOUT.len() + <S::Fields as Fields>::OUTER_COLUMNS
}

impl<S: JoinField<N>, const N: usize> Join<S, N> {
    /// Whether the join is a left join, in a query where `outer` says that one above it is.
    const fn is_left(outer: bool) -> bool {
        outer || <S::Held as JoinInto<Child<S, N>>>::OPTIONAL
    }

    /// The column that the join compares, on the side of the joined row.
    const KEY: &'static str = <Related<S, N> as Relation>::MatchedBy::NAMES[0];

    /// Where that column is among those that the joined spec selects by itself, if it does.
    const KEY_PLACE: Option<usize> = Held::<S, N>::LAYOUT.find(Self::KEY);

    #[cold]
    fn missing() -> BoxedError {
        MissingRow {
            spec: <S as LoadSpec>::NAME,
            relation: Related::<S, N>::NAME,
            table: Child::<S, N>::TABLE,
            key: None,
        }
        .into()
    }
}

impl<S: JoinField<N>, const N: usize> Fields for Join<S, N> {
    type Params = S::Params;
    type Computed = <Inner<S, N> as Fields>::Computed;
    type Slots = <Inner<S, N> as Fields>::Slots;
    type Cell = Option<<Inner<S, N> as Fields>::Cell>;
    type Value = S::Value;
    type Loaded = <Inner<S, N> as Fields>::Loaded;
    const WANTED: Wanted = Wanted::Columns(&[]);
    const OUTER_COLUMNS: usize = Self::KEY_PLACE.is_none() as usize + inner_columns::<Held<S, N>>();
    const COPIES: bool = <Inner<S, N> as Fields>::COPIES;
    const CONSTANT: bool = <Inner<S, N> as Fields>::CONSTANT;
    const PREFETCHES: bool = <Inner<S, N> as Fields>::PREFETCHES;

    fn computed(params: &S::Params) -> Self::Computed {
        Inner::<S, N>::computed(&S::params(params))
    }

    fn slots(params: &S::Params) -> Self::Slots {
        Inner::<S, N>::slots(&S::params(params))
    }

    fn join<P: Path, DB: Dialect>(mut out: AstPass<'_, '_, DB>, outer: bool) -> QueryResult<()> {
        let left = Self::is_left(outer);
        out.push_sql(if left { " LEFT OUTER JOIN " } else { " INNER JOIN " });
        DB::write_table::<<Child<S, N> as Model>::Table>(out.reborrow())?;
        out.push_sql(" AS ");
        Step::<P, Self>::write(out.reborrow())?;
        out.push_sql(" ON ");
        let keys = std::iter::zip(
            <Related<S, N> as Relation>::MatchedBy::NAMES,
            <Related<S, N> as Relation>::Key::NAMES,
        );
        for (i, (child, parent)) in keys.enumerate() {
            if i > 0 {
                out.push_sql(" AND ");
            }
            write_column::<Step<P, Self>, DB>(child, out.reborrow())?;
            out.push_sql(" = ");
            write_column::<P, DB>(parent, out.reborrow())?;
        }
        <Inner<S, N> as Fields>::join::<Step<P, Self>, DB>(out, left)
    }

    #[inline]
    fn value(cell: Self::Cell, loaded: &mut Self::Loaded) -> deserialize::Result<Self::Value> {
        let row = match cell {
            Some(cell) => Some(Held::<S, N>::build(<Inner<S, N> as Fields>::value(cell, loaded)?)),
            None => None,
        };
        S::Held::from_row(row).map(Into::into).ok_or_else(Self::missing)
    }
}

impl<S, DB, const N: usize> FieldsFrom<DB> for Join<S, N>
where
    S: JoinField<N>,
    DB: Dialect,
    Inner<S, N>: FieldsFrom<DB>,
{
    fn select<'b, P: Path>(
        computed: &'b Self::Computed,
        list: &mut SelectList<'_, 'b, DB>,
        outer: bool,
    ) -> QueryResult<()> {
        let left = Self::is_left(outer);
        if left && Self::KEY_PLACE.is_none() {
            list.column::<Step<P, Self>>(Self::KEY)?;
        }
        select_spec::<Held<S, N>, Step<P, Self>, DB>(computed, list, left)
    }

    #[inline]
    fn read<'a, R: Row<'a, DB>>(cursor: &mut Cursor<'_, R>) -> deserialize::Result<Self::Cell> {
        let left = Self::is_left(cursor.outer);
        if left {
            let key = match Self::KEY_PLACE {
                Some(place) => cursor.next + place,
                None => cursor.advance(1),
            };
            let field = cursor.row.get(key).ok_or(diesel::result::UnexpectedEndOfRow)?;
            if field.is_null() {
                cursor.advance(inner_columns::<Held<S, N>>());
                return Ok(None);
            }
        }
        read_spec::<Held<S, N>, DB, _>(cursor, left).map(Some)
    }
}

impl<S, Slots, const N: usize> Begin<Slots> for Join<S, N>
where
    S: JoinField<N>,
    Inner<S, N>: Begin<Slots>,
{
    type Pending = <Inner<S, N> as Begin<Slots>>::Pending;

    fn begin(cells: &mut impl Cells<Cell = Self::Cell>, slots: Slots) -> Self::Pending {
        Inner::<S, N>::begin(&mut Present(cells), slots)
    }
}

impl<S, Slots, DB, const N: usize> PlanFields<Slots, DB> for Join<S, N>
where
    S: JoinField<N>,
    Inner<S, N>: PlanFields<Slots, DB>,
    DB: Dialect,
{
    fn plan<P: Path>(
        computed: &Self::Computed,
        slots: &Slots,
        planner: &mut Planner<'_, DB>,
    ) -> QueryResult<()> {
        let columns = <Related<S, N> as Relation>::MatchedBy::NAMES;
        planner.join::<S, Related<S, N>, Step<P, Self>>(
            <S as JoinField<N>>::NAME,
            columns,
            |planner| Inner::<S, N>::plan::<Step<P, Self>>(computed, slots, planner),
        )
    }
}
