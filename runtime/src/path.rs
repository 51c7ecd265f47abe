//! Places in a query: the root table, or what a chain of joins leads to.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::query_builder::AstPass;

use crate::Model;
use crate::alias::Name;
use crate::dialect::Dialect;

/// A place in a query that has a row of one table: where a column is read from.
pub trait Path: 'static {
    /// The place as a dotted name, of any length: the root's table, then the fields on the way.
    const NAME: Name;
    /// Whether it is the root table, under its own name.
    const IS_ROOT: bool;

    /// Writes the table or the alias that qualifies the columns of this place.
    fn write<DB: Dialect>(out: AstPass<'_, '_, DB>) -> QueryResult<()>;

    /// This path, seen from the root `P` instead of its own.
    type From<P: Path>: Path;
}

/// The table that a query is about.
pub struct Root<M>(PhantomData<M>);

/// One step further than the path `P`.
pub struct Step<P, J>(PhantomData<(P, J)>);

/// What a step is taken by. Two steps from one place have different names.
pub trait Named: 'static {
    /// The name.
    const NAME: &'static str;
}

impl<M: Model> Path for Root<M> {
    const NAME: Name = Name::new(M::TABLE);
    const IS_ROOT: bool = true;

    fn write<DB: Dialect>(out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        DB::write_table::<M::Table>(out)
    }

    type From<P: Path> = P;
}

impl<P: Path, J: Named> Path for Step<P, J> {
    const NAME: Name = P::NAME.then(".").then(J::NAME);
    const IS_ROOT: bool = false;

    fn write<DB: Dialect>(mut out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        out.push_identifier(const { const { &Self::NAME.alias() }.as_str() })
    }

    type From<Q: Path> = Step<P::From<Q>, J>;
}

/// Writes the column `name` of the place `P`.
pub(crate) fn write_column<P: Path, DB: Dialect>(
    name: &str,
    mut out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    P::write(out.reborrow())?;
    out.push_sql(".");
    out.push_identifier(name)
}
