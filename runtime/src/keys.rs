//! The keys of parents in a query for their children.

use diesel::QueryResult;
use diesel::query_builder::AstPass;

use crate::Relation;
use crate::dialect::Dialect;
use crate::key::{KeyColumns, MAX_KEY_COLUMNS};

/// The parents' keys that the backend `DB` is given for the relation `R`.
pub(crate) type Keys<R, DB> = <DB as Dialect>::KeyList<<<R as Relation>::Key as KeyColumns>::Value>;

/// The alias of the parents' keys where a query goes from one to the next. No table and no join has this name.
pub(crate) const PARENT: &str = "~";

/// The names of their columns.
pub(crate) const PARENT_COLUMNS: [&str; MAX_KEY_COLUMNS] = ["0", "1", "2", "3"];

/// Writes a column of the parent's key.
pub(crate) fn write_parent_column<DB: Dialect>(
    part: usize,
    mut out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    out.push_identifier(PARENT)?;
    out.push_sql(".");
    out.push_identifier(PARENT_COLUMNS[part])
}
