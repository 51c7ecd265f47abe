//! Values that the database computes.

use std::marker::PhantomData;

use diesel::deserialize::{self, FromSqlRow};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::row::Row;
use diesel::{Expression, QueryResult};

use super::{Begin, Cursor, Fields, FieldsFrom, SelectList};
use crate::cells::Cells;
use crate::dialect::Dialect;
use crate::error::BoxedError;
use crate::key::KeyColumns;
use crate::layout::Wanted;
use crate::path::{Path, Root, write_column};
use crate::plan::{PlanFields, Planner};
use crate::spec::{ComputedField, LoadSpec};
use crate::{FieldError, Model};

/// Field `N` of the spec `S`, which is computed.
pub struct Computed<S, const N: usize>(PhantomData<S>);

impl<S: ComputedField<N>, const N: usize> Computed<S, N> {
    #[cold]
    fn unreadable(source: BoxedError) -> BoxedError {
        let (spec, column) = (<S as LoadSpec>::NAME, <S as ComputedField<N>>::NAME);
        FieldError { spec, column, source }.into()
    }
}

impl<S: ComputedField<N>, const N: usize> Fields for Computed<S, N> {
    type Params = S::Params;
    type Computed = S::Expression;
    type Slots = ();
    type Cell = S::Value;
    type Value = S::Value;
    type Loaded = ();
    const WANTED: Wanted = Wanted::Columns(&[]);
    const OUTER_COLUMNS: usize = 1;
    const COPIES: bool = true;
    const CONSTANT: bool = <S::Expression as QueryId>::HAS_STATIC_QUERY_ID;
    const PREFETCHES: bool = false;

    fn computed(params: &S::Params) -> S::Expression {
        S::expression(params)
    }

    fn slots(_: &S::Params) {}

    fn join<P: Path, DB: Dialect>(_: AstPass<'_, '_, DB>, _: bool) -> QueryResult<()> {
        Ok(())
    }

    #[inline]
    fn value(cell: Self::Cell, _: &mut ()) -> deserialize::Result<Self::Value> {
        Ok(cell)
    }
}

impl<S, DB, const N: usize> FieldsFrom<DB> for Computed<S, N>
where
    S: ComputedField<N>,
    DB: Dialect,
    S::Expression: QueryFragment<DB>,
    S::Read: FromSqlRow<<S::Expression as Expression>::SqlType, DB>,
{
    fn select<'b, P: Path>(
        expression: &'b S::Expression,
        list: &mut SelectList<'_, 'b, DB>,
        _: bool,
    ) -> QueryResult<()> {
        let mut out = list.next();
        if P::IS_ROOT {
            return expression.walk_ast(out);
        }
        // The expression names the columns of its table, which has another name here.
        out.push_sql("(SELECT ");
        expression.walk_ast(out.reborrow())?;
        out.push_sql(" FROM ");
        DB::write_table::<<S::Model as Model>::Table>(out.reborrow())?;
        out.push_sql(" WHERE ");
        for (i, name) in <S::Model as Model>::PrimaryKey::NAMES.iter().enumerate() {
            if i > 0 {
                out.push_sql(" AND ");
            }
            write_column::<Root<S::Model>, DB>(name, out.reborrow())?;
            out.push_sql(" = ");
            write_column::<P, DB>(name, out.reborrow())?;
        }
        out.push_sql(")");
        Ok(())
    }

    #[inline]
    fn read<'a, R: Row<'a, DB>>(cursor: &mut Cursor<'_, R>) -> deserialize::Result<Self::Cell> {
        let at = cursor.advance(1);
        S::Read::build_from_row(&cursor.row.partial_row(at..at + 1))
            .and_then(|read| S::Value::try_from(read).map_err(Into::into))
            .map_err(Self::unreadable)
    }
}

impl<S: ComputedField<N>, const N: usize> Begin<()> for Computed<S, N> {
    type Pending = ();

    fn begin(_: &mut impl Cells<Cell = Self::Cell>, (): ()) {}
}

impl<S, DB, const N: usize> PlanFields<(), DB> for Computed<S, N>
where
    S: ComputedField<N>,
    S::Expression: QueryFragment<DB>,
    DB: Dialect,
{
    fn plan<P: Path>(
        expression: &S::Expression,
        (): &(),
        planner: &mut Planner<'_, DB>,
    ) -> QueryResult<()> {
        planner.compute::<S>(<S as ComputedField<N>>::NAME, expression)
    }
}
