//! What stands between the two tables of a relation: nothing, or a table with the keys of both.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::query_builder::AstPass;

use crate::alias::Name;
use crate::dialect::{Dialect, NamedTable};
use crate::path::{Path, write_column};
use crate::{Model, Relation};

/// How the children of a relation are reached.
pub trait Through: 'static {
    /// Writes the join of the table between, for the child of `R` at the place `C`.
    fn join<R: Relation, C: Path, DB: Dialect>(out: AstPass<'_, '_, DB>) -> QueryResult<()>;

    /// Writes a column that holds the parent's key, for the child of `R` at the place `C`.
    fn write_key<R: Relation, C: Path, DB: Dialect>(
        name: &str,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()>;
}

/// Nothing stands between: the child's table holds the parent's key.
pub struct Direct;

impl Through for Direct {
    fn join<R: Relation, C: Path, DB: Dialect>(_: AstPass<'_, '_, DB>) -> QueryResult<()> {
        Ok(())
    }

    fn write_key<R: Relation, C: Path, DB: Dialect>(
        name: &str,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        write_column::<C, DB>(name, out)
    }
}

/// A table that holds the keys of both sides.
pub trait Junction: 'static {
    /// The table.
    type Table: NamedTable;
    /// Its columns that hold the child's key.
    const TARGET_KEY: &'static [&'static str];
    /// The columns of the child that they refer to.
    const CHILD_KEY: &'static [&'static str];
}

/// The table `J` stands between.
pub struct By<J>(PhantomData<J>);

impl<J: Junction> Through for By<J> {
    fn join<R: Relation, C: Path, DB: Dialect>(mut out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        out.push_sql(" INNER JOIN ");
        DB::write_table::<J::Table>(out.reborrow())?;
        out.push_sql(" AS ");
        out.push_identifier(const { alias::<R>() })?;
        out.push_sql(" ON ");
        for (i, (target, child)) in std::iter::zip(J::TARGET_KEY, J::CHILD_KEY).enumerate() {
            if i > 0 {
                out.push_sql(" AND ");
            }
            Self::write_key::<R, C, DB>(target, out.reborrow())?;
            out.push_sql(" = ");
            write_column::<C, DB>(child, out.reborrow())?;
        }
        Ok(())
    }

    fn write_key<R: Relation, C: Path, DB: Dialect>(
        name: &str,
        mut out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        out.push_identifier(const { alias::<R>() })?;
        out.push_sql(".");
        out.push_identifier(name)
    }
}

/// The alias of a relation's through table. No relation has a `~` in its name, so no join has this alias.
const fn alias<R: Relation>() -> &'static str {
    const { &Name::new(R::Child::TABLE).then("~").then(R::NAME).alias() }.as_str()
}
