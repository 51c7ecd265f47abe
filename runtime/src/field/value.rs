//! Columns, and values that the database computes.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSqlRow};
use diesel::query_builder::AstPass;
use diesel::row::Row;
use diesel::{Column, Expression, QueryResult};

use super::{Cursor, Fields, FieldsFrom, Fill, SelectList};
use crate::FieldError;
use crate::path::Path;
use crate::spec::{LoadSpec, ValueField};

/// One item of a select list.
pub trait Source: 'static {
    /// Its SQL type.
    type SqlType;
    /// Its name, for messages.
    const NAME: &'static str;

    /// Writes it as it reads at the place `P`.
    fn select<P: Path, DB: Backend>(list: &mut SelectList<'_, '_, DB>) -> QueryResult<()>;
}

impl<C: Column + 'static> Source for C {
    type SqlType = <C as Expression>::SqlType;
    const NAME: &'static str = <C as Column>::NAME;

    fn select<P: Path, DB: Backend>(list: &mut SelectList<'_, '_, DB>) -> QueryResult<()> {
        list.column::<P>(C::NAME)
    }
}

/// Field `N` of the spec `S`, which is one value.
pub struct Value<S, const N: usize>(PhantomData<S>);

impl<S: ValueField<N>, const N: usize> Fields for Value<S, N> {
    type Cell = S::Value;
    type Value = S::Value;
    type Plan = ();
    type Loaded = ();
    const QUERIES: usize = 0;
    const OUTER_COLUMNS: usize = 1;
    const COPIES: bool = true;

    fn select<P: Path, DB: Backend>(list: &mut SelectList<'_, '_, DB>, _: bool) -> QueryResult<()> {
        S::Source::select::<P, DB>(list)
    }

    fn join<P: Path, DB: Backend>(_: AstPass<'_, '_, DB>, _: bool) -> QueryResult<()> {
        Ok(())
    }

    fn value(cell: Self::Cell, _: &mut ()) -> deserialize::Result<Self::Value> {
        Ok(cell)
    }
}

impl<S, DB, const N: usize> FieldsFrom<DB> for Value<S, N>
where
    S: ValueField<N>,
    DB: Backend,
    S::Read: FromSqlRow<<S::Source as Source>::SqlType, DB>,
{
    fn read<'a, R: Row<'a, DB>>(cursor: &mut Cursor<'_, R>) -> deserialize::Result<Self::Cell> {
        let at = cursor.advance(1);
        S::Read::build_from_row(&cursor.row.partial_row(at..at + 1))
            .and_then(|read| S::Value::try_from(read).map_err(Into::into))
            .map_err(|source| {
                let (spec, column) = (<S as LoadSpec>::NAME, S::Source::NAME);
                FieldError { spec, column, source }.into()
            })
    }
}

impl<'q, Conn, S: ValueField<N>, const N: usize> Fill<'q, Conn> for Value<S, N> {
    fn fill<'r, I>(_: &(), _: I, _: &mut Conn) -> QueryResult<()>
    where
        I: Iterator<Item = &'r Self::Cell> + Clone,
    {
        Ok(())
    }
}
