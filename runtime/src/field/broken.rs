//! A field that the derive has already reported.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::deserialize;
use diesel::query_builder::AstPass;
use diesel::row::Row;

use super::{Begin, Cursor, Fields, FieldsFrom, SelectList};
use crate::cells::Cells;
use crate::dialect::Dialect;
use crate::layout::Wanted;
use crate::path::Path;
use crate::plan::{PlanFields, Planner};
use crate::spec::LoadSpec;

/// A field of the type `T` of the spec `S`, with an error in it: it type-checks, so that the error is told once and not
/// again at each use of the spec. It never runs, for the program does not compile.
pub struct Broken<S, T>(PhantomData<(S, T)>);

impl<S: LoadSpec, T: 'static> Fields for Broken<S, T> {
    type Params = S::Params;
    type Computed = ();
    type Slots = ();
    type Cell = ();
    type Value = T;
    type Loaded = ();
    const WANTED: Wanted = Wanted::Columns(&[]);
    const OUTER_COLUMNS: usize = 0;
    const COPIES: bool = true;
    const CONSTANT: bool = true;
    const PREFETCHES: bool = false;

    fn computed(_: &S::Params) {}

    fn slots(_: &S::Params) {}

    fn join<P: Path, DB: Dialect>(_: AstPass<'_, '_, DB>, _: bool) -> QueryResult<()> {
        Ok(())
    }

    fn value((): (), (): &mut ()) -> deserialize::Result<T> {
        unreachable!("a spec with an error in it does not compile")
    }
}

impl<S: LoadSpec, T: 'static, DB: Dialect> FieldsFrom<DB> for Broken<S, T> {
    fn select<'b, P: Path>(_: &'b (), _: &mut SelectList<'_, 'b, DB>, _: bool) -> QueryResult<()> {
        Ok(())
    }

    fn read<'a, R: Row<'a, DB>>(_: &mut Cursor<'_, R>) -> deserialize::Result<()> {
        Ok(())
    }
}

impl<S: LoadSpec, T: 'static> Begin<()> for Broken<S, T> {
    type Pending = ();

    fn begin(_: &mut impl Cells<Cell = ()>, (): ()) {}
}

impl<S: LoadSpec, T: 'static, DB: Dialect> PlanFields<(), DB> for Broken<S, T> {
    fn plan<P: Path>(_: &(), (): &(), _: &mut Planner<'_, DB>) -> QueryResult<()> {
        Ok(())
    }
}
