//! Columns, and values that the database computes.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSqlRow};
use diesel::query_builder::AstPass;
use diesel::row::Row;
use diesel::{Column, Expression, QueryResult};

use super::{Cursor, Fields, FieldsFrom, Fill, SelectList};
use crate::FieldError;
use crate::dialect::Dialect;
use crate::error::BoxedError;
use crate::layout::Wanted;
use crate::path::Path;
use crate::spec::{LoadSpec, ValueField};

/// One value of a row: a column of the spec's own table, or something that is computed.
pub trait Source: 'static {
    /// Its SQL type.
    type SqlType;
    /// Its name, for messages.
    const NAME: &'static str;
    /// The column that it is; none where it is computed.
    const WANTED: Wanted;
    /// Whether it is computed.
    const COMPUTED: bool;

    /// Writes what is computed, as it reads at the place `P`.
    fn select<P: Path, DB: Dialect>(list: &mut SelectList<'_, '_, DB>) -> QueryResult<()>;
}

impl<C: Column + 'static> Source for C {
    type SqlType = <C as Expression>::SqlType;
    const NAME: &'static str = <C as Column>::NAME;
    const WANTED: Wanted = Wanted::Columns(&[<C as Column>::NAME]);
    const COMPUTED: bool = false;

    fn select<P: Path, DB: Dialect>(_: &mut SelectList<'_, '_, DB>) -> QueryResult<()> {
        Ok(())
    }
}

/// Field `N` of the spec `S`, which is one value.
pub struct Value<S, const N: usize>(PhantomData<S>);

impl<S: ValueField<N>, const N: usize> Value<S, N> {
    /// Where the column is among those of the spec. What is computed has no place there.
    const fn place() -> usize {
        match S::Source::COMPUTED {
            true => 0,
            false => S::LAYOUT.place(S::Source::NAME),
        }
    }

    #[cold]
    fn unreadable(source: BoxedError) -> BoxedError {
        let (spec, column) = (<S as LoadSpec>::NAME, S::Source::NAME);
        FieldError { spec, column, source }.into()
    }
}

impl<S: ValueField<N>, const N: usize> Fields for Value<S, N> {
    type Cell = S::Value;
    type Value = S::Value;
    type Loaded = ();
    const WANTED: Wanted = S::Source::WANTED;
    const OUTER_COLUMNS: usize = S::Source::COMPUTED as usize;
    const COPIES: bool = true;

    fn select<P: Path, DB: Dialect>(list: &mut SelectList<'_, '_, DB>, _: bool) -> QueryResult<()> {
        S::Source::select::<P, DB>(list)
    }

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
    DB: Backend,
    S::Read: FromSqlRow<<S::Source as Source>::SqlType, DB>,
{
    #[inline]
    fn read<'a, R: Row<'a, DB>>(cursor: &mut Cursor<'_, R>) -> deserialize::Result<Self::Cell> {
        let at = if S::Source::COMPUTED {
            cursor.advance(1)
        } else {
            cursor.start + const { Self::place() }
        };
        S::Read::build_from_row(&cursor.row.partial_row(at..at + 1))
            .and_then(|read| S::Value::try_from(read).map_err(Into::into))
            .map_err(Self::unreadable)
    }
}

impl<'q, Conn, S: ValueField<N>, const N: usize> Fill<'q, Conn> for Value<S, N> {
    fn fill<'r, I>(_: I, _: &mut Conn) -> QueryResult<()>
    where
        I: Iterator<Item = &'r Self::Cell> + Clone,
    {
        Ok(())
    }
}
