//! Columns.

use std::marker::PhantomData;

use diesel::deserialize::{self, FromSqlRow};
use diesel::query_builder::AstPass;
use diesel::row::Row;
use diesel::{Column, Expression, QueryResult};

use super::{Begin, Cursor, Fields, FieldsFrom, SelectList};
use crate::FieldError;
use crate::cells::Cells;
use crate::dialect::Dialect;
use crate::error::BoxedError;
use crate::layout::Wanted;
use crate::path::Path;
use crate::plan::{PlanFields, Planner};
use crate::spec::{ColumnOfField, LoadSpec, ValueField};

/// Field `N` of the spec `S`, which is a column.
pub struct Value<S, const N: usize>(PhantomData<S>);

type Source<S, const N: usize> = ColumnOfField<S, N>;

impl<S: ValueField<N>, const N: usize> Value<S, N> {
    /// Where the column is among those of the spec.
    const fn place() -> usize {
        S::LAYOUT.place(<Source<S, N> as Column>::NAME)
    }

    #[cold]
    fn unreadable(source: BoxedError) -> BoxedError {
        let (spec, column) = (<S as LoadSpec>::NAME, <Source<S, N> as Column>::NAME);
        FieldError { spec, column, source }.into()
    }
}

impl<S: ValueField<N>, const N: usize> Fields for Value<S, N> {
    type Params = S::Params;
    type Computed = ();
    type Slots = ();
    type Cell = S::Value;
    type Value = S::Value;
    type Loaded = ();
    const WANTED: Wanted = Wanted::Columns(&[<Source<S, N> as Column>::NAME]);
    const OUTER_COLUMNS: usize = 0;
    const COPIES: bool = true;
    const CONSTANT: bool = true;
    const PREFETCHES: bool = false;

    fn computed(_: &S::Params) {}

    fn slots(_: &S::Params) {}

    fn join<P: Path, DB: Dialect>(_: AstPass<'_, '_, DB>, _: bool) -> QueryResult<()> {
        Ok(())
    }

    #[inline]
    fn value(cell: Self::Cell, _: &mut ()) -> deserialize::Result<Self::Value> {
        Ok(cell)
    }
}

impl<S, DB, const N: usize> FieldsFrom<DB> for Value<S, N>
where
    S: ValueField<N>,
    DB: Dialect,
    S::Read: FromSqlRow<<Source<S, N> as Expression>::SqlType, DB>,
{
    fn select<'b, P: Path>(_: &'b (), _: &mut SelectList<'_, 'b, DB>, _: bool) -> QueryResult<()> {
        Ok(())
    }

    #[inline]
    fn read<'a, R: Row<'a, DB>>(cursor: &mut Cursor<'_, R>) -> deserialize::Result<Self::Cell> {
        let at = cursor.start + const { Self::place() };
        S::Read::build_from_row(&cursor.row.partial_row(at..at + 1))
            .and_then(|read| S::Value::try_from(read).map_err(Into::into))
            .map_err(Self::unreadable)
    }
}

impl<S: ValueField<N>, const N: usize> Begin<()> for Value<S, N> {
    type Pending = ();

    fn begin(_: &mut impl Cells<Cell = Self::Cell>, (): ()) {}
}

impl<S: ValueField<N>, DB: Dialect, const N: usize> PlanFields<(), DB> for Value<S, N> {
    fn plan<P: Path>(_: &(), (): &(), _: &mut Planner<'_, DB>) -> QueryResult<()> {
        Ok(())
    }
}
