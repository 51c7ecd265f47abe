//! The keys of parents in a query for their children.

use diesel::QueryResult;
use diesel::query_builder::AstPass;

use crate::Relation;
use crate::dialect::{Dialect, Sql};
use crate::key::{KeyColumns, MAX_KEY_COLUMNS};

/// The parents' keys that the backend `DB` is given for the relation `R`.
pub(crate) type Keys<R, DB> = <DB as Dialect>::KeyList<<R as Relation>::Key>;

/// The alias of the parents' keys where a query goes from one to the next. No table and no join has this name.
pub(crate) const PARENT: &str = "~";

/// The names of their columns, as they are compared.
pub(crate) const PARENT_COLUMNS: [&str; MAX_KEY_COLUMNS] = ["0", "1", "2", "3"];

/// The names of the columns that are the keys as they were sent, where they are compared as something else.
pub(crate) const PARENT_KEYS: [&str; MAX_KEY_COLUMNS] = ["k0", "k1", "k2", "k3"];

/// The alias of the rows of the parents, where they are found first and read then.
pub(crate) const ROWS: &str = "~rows";

/// The names of the columns that tell those rows apart.
pub(crate) const ROW_COLUMNS: [&str; MAX_KEY_COLUMNS] = ["r0", "r1", "r2", "r3"];

/// Writes a column of the parent's key, to be compared.
pub(crate) fn write_parent_column<DB: Dialect>(
    part: usize,
    out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    write_of(PARENT, PARENT_COLUMNS[part], out)
}

/// Writes a column of the parent's key as it was sent, by which the children go to their parent.
pub(crate) fn write_parent_key<C: KeyColumns, DB: Dialect>(
    part: usize,
    out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    let compared_otherwise = out.backend().sql() == Sql::Postgres && C::TEXT[part];
    let names = if compared_otherwise { PARENT_KEYS } else { PARENT_COLUMNS };
    write_of(PARENT, names[part], out)
}

/// Writes a column of what has this alias.
pub(crate) fn write_of<DB: Dialect>(
    alias: &str,
    column: &str,
    mut out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    out.push_identifier(alias)?;
    out.push_sql(".");
    out.push_identifier(column)
}
