//! A field that the derive has already reported.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::deserialize;
use diesel::query_builder::AstPass;
use diesel::row::Row;

use super::{Cursor, Fields, FieldsFrom, Fill, SelectList};
use crate::dialect::Dialect;
use crate::layout::Wanted;
use crate::path::Path;

/// A field of the type `T` with an error in it: it type-checks, so that the error is told once and not again at each
/// use of the spec. It never runs, for the program does not compile.
pub struct Broken<T>(PhantomData<T>);

impl<T: 'static> Fields for Broken<T> {
    type Cell = ();
    type Value = T;
    type Loaded = ();
    const WANTED: Wanted = Wanted::Columns(&[]);
    const OUTER_COLUMNS: usize = 0;
    const COPIES: bool = true;

    fn select<P: Path, DB: Dialect>(_: &mut SelectList<'_, '_, DB>, _: bool) -> QueryResult<()> {
        Ok(())
    }

    fn join<P: Path, DB: Dialect>(_: AstPass<'_, '_, DB>, _: bool) -> QueryResult<()> {
        Ok(())
    }

    fn value((): (), (): &mut ()) -> deserialize::Result<T> {
        unreachable!("a spec with an error in it does not compile")
    }
}

impl<T: 'static, DB: Backend> FieldsFrom<DB> for Broken<T> {
    fn read<'a, R: Row<'a, DB>>(_: &mut Cursor<'_, R>) -> deserialize::Result<()> {
        Ok(())
    }
}

impl<'q, T: 'static, Conn> Fill<'q, Conn> for Broken<T> {
    fn fill<'r, I>(_: I, _: &mut Conn) -> QueryResult<()>
    where
        I: Iterator<Item = &'r ()> + Clone,
    {
        Ok(())
    }
}
