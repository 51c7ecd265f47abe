//! The SQL of a subquery on the rows of a relation.

use diesel::QueryResult;
use diesel::query_builder::AstPass;

use crate::dialect::Dialect;
use crate::key::KeyColumns;
use crate::keys::{PARENT, PARENT_COLUMNS, write_parent_column};
use crate::layout::same;
use crate::path::{Root, write_column};
use crate::query::Filter;
use crate::through::Through;
use crate::{Model, Relation};

/// Whether the subquery has a table of the parent's name, so that inside it that name is no longer the parent's.
const fn hides_its_parent<R: Relation>() -> bool {
    let parent = <R::Parent as Model>::TABLE;
    let between_has_it = match <R::Through as Through>::TABLE {
        Some(between) => same(parent, between),
        None => false,
    };
    between_has_it || same(parent, <R::Child as Model>::TABLE)
}

/// Writes a subquery that begins with `begin` and selects `what` from the rows of the parent that is at hand.
pub(super) fn subquery<'b, R: Relation, DB: Dialect>(
    begin: &str,
    what: impl FnOnce(AstPass<'_, 'b, DB>) -> QueryResult<()>,
    filter: &'b impl Filter<DB>,
    mut out: AstPass<'_, 'b, DB>,
) -> QueryResult<()> {
    let hidden = const { hides_its_parent::<R>() };
    if hidden {
        // The parent's key gets a name of its own, one query further out.
        out.push_sql("(SELECT ");
    }
    out.push_sql(begin);
    out.push_sql("SELECT ");
    what(out.reborrow())?;
    out.push_sql(" FROM ");
    DB::write_table::<<R::Child as Model>::Table>(out.reborrow())?;
    let key = |part: usize, out: AstPass<'_, '_, DB>| match hidden {
        true => write_parent_column(part, out),
        false => write_column::<Root<R::Parent>, DB>(R::Key::NAMES[part], out),
    };
    R::Through::join::<R, DB>(&key, out.reborrow())?;
    out.push_sql(" WHERE ");
    R::Through::write_belongs::<R, DB>(&key, out.reborrow())?;
    filter.write_and(out.reborrow())?;
    out.push_sql(")");
    if hidden {
        out.push_sql(" FROM (SELECT ");
        for (part, name) in R::Key::NAMES.iter().enumerate() {
            if part > 0 {
                out.push_sql(", ");
            }
            write_column::<Root<R::Parent>, DB>(name, out.reborrow())?;
            out.push_sql(" AS ");
            out.push_identifier(PARENT_COLUMNS[part])?;
        }
        out.push_sql(") AS ");
        out.push_identifier(PARENT)?;
        out.push_sql(")");
    }
    Ok(())
}
