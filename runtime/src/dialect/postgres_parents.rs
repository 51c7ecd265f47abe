//! The keys of parents on PostgreSQL, which compares texts of some types otherwise than others.

use diesel::QueryResult;
use diesel::query_builder::AstPass;

use super::Dialect;
use crate::key::KeyColumns;
use crate::keys::{PARENT, PARENT_COLUMNS, PARENT_KEYS};
use crate::path::{Root, write_column};
use crate::{Model, Relation};

/// Writes the table of the parents of `R`, whose keys are the rows of the table that `keys` writes. Beside a text as it
/// is compared stands the text as it was sent.
pub(crate) fn write_parents_on_postgres<'b, R: Relation, DB: Dialect>(
    keys: impl FnOnce(AstPass<'_, 'b, DB>) -> QueryResult<()>,
    mut out: AstPass<'_, 'b, DB>,
) -> QueryResult<()> {
    let text = R::Key::TEXT;
    let any_text = text.contains(&true);
    if any_text {
        out.push_sql("(SELECT ");
        for (part, is_text) in text.iter().enumerate() {
            out.push_sql(if part > 0 { ", " } else { "" });
            if *is_text {
                write_compared::<R, DB>(part, out.reborrow())?;
            } else {
                out.push_identifier(PARENT_KEYS[part])?;
            }
            out.push_sql(" AS ");
            out.push_identifier(PARENT_COLUMNS[part])?;
            out.push_sql(", ");
            out.push_identifier(PARENT_KEYS[part])?;
        }
        out.push_sql(" FROM ");
    }
    keys(out.reborrow())?;
    out.push_sql(" AS ");
    out.push_identifier(PARENT)?;
    let names = if any_text { PARENT_KEYS } else { PARENT_COLUMNS };
    for (i, name) in names[..text.len()].iter().enumerate() {
        out.push_sql(if i > 0 { ", " } else { "(" });
        out.push_identifier(name)?;
    }
    out.push_sql(")");
    if any_text {
        out.push_sql(") AS ");
        out.push_identifier(PARENT)?;
    }
    Ok(())
}

/// Writes a text of the key as a value of the parent's column: with its type and its collation. A `CHAR(n)` is read with
/// blanks at its end that are not compared, and in a column of another type they are. The subquery is never run.
fn write_compared<R: Relation, DB: Dialect>(
    part: usize,
    mut out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    out.push_sql("COALESCE((SELECT ");
    write_column::<Root<R::Parent>, DB>(R::Key::NAMES[part], out.reborrow())?;
    out.push_sql(" FROM ");
    DB::write_table::<<R::Parent as Model>::Table>(out.reborrow())?;
    out.push_sql(" WHERE FALSE), ");
    out.push_identifier(PARENT_KEYS[part])?;
    out.push_sql(")");
    Ok(())
}
