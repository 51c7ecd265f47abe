//! The rows of each parent on SQLite, which has no `LATERAL`.

use diesel::QueryResult;
use diesel::query_builder::AstPass;

use super::Dialect;
use crate::keys::{PARENT_COLUMNS, ROWS};
use crate::through::WriteColumn;

/// Writes the join, to a list of parents, of the rows of each: those that the subquery `rows` selects the keys of, in its
/// order. The keys are the `column`s of the table, and `are_bytes` says of what kind.
///
/// Of all that can stand in a `FROM` clause, only the arguments of a table function see what stands before it. A `CROSS
/// JOIN` is never turned around by SQLite, so the rows come in the order of the loops, whatever it knows of the tables: an
/// `IN` with the same subquery is run once for each row of a table that it decides to scan.
pub(crate) fn write_rows_of_each<'b, DB: Dialect>(
    are_bytes: &[bool],
    rows: impl FnOnce(AstPass<'_, 'b, DB>) -> QueryResult<()>,
    table: impl FnOnce(AstPass<'_, '_, DB>) -> QueryResult<()>,
    column: WriteColumn<'_, DB>,
    mut out: AstPass<'_, 'b, DB>,
) -> QueryResult<()> {
    let composite = are_bytes.len() > 1;
    out.push_sql(" CROSS JOIN json_each((SELECT json_group_array(");
    out.push_sql(if composite { "json_array(" } else { "" });
    for (part, is_bytes) in are_bytes.iter().enumerate() {
        out.push_sql(if part > 0 { ", " } else { "" });
        out.push_sql(if *is_bytes { "hex(" } else { "" });
        out.push_identifier(PARENT_COLUMNS[part])?;
        out.push_sql(if *is_bytes { ")" } else { "" });
    }
    out.push_sql(if composite { ")) FROM (" } else { ") FROM (" });
    rows(out.reborrow())?;
    out.push_sql("))) AS ");
    out.push_identifier(ROWS)?;
    out.push_sql(" CROSS JOIN ");
    table(out.reborrow())?;
    out.push_sql(" ON ");
    for (part, is_bytes) in are_bytes.iter().enumerate() {
        out.push_sql(if part > 0 { " AND " } else { "" });
        column(part, out.reborrow())?;
        out.push_sql(if *is_bytes { " = unhex(" } else { " = " });
        out.push_sql(if composite { "json_extract(" } else { "" });
        out.push_identifier(ROWS)?;
        out.push_sql(".value");
        out.push_sql(&if composite { format!(", '$[{part}]')") } else { String::new() });
        out.push_sql(if *is_bytes { ")" } else { "" });
    }
    Ok(())
}
