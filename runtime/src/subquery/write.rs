//! The SQL of a subquery on the rows of a relation.

use diesel::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment};

use crate::dialect::{Dialect, Sql};
use crate::key::KeyColumns;
use crate::keys::{PARENT, PARENT_COLUMNS, ROWS, write_of, write_parent_column};
use crate::layout::same;
use crate::path::{Root, write_column};
use crate::plan::note;
use crate::query::Filter;
use crate::through::{Through, WriteColumn, write_columns};
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

/// What a subquery selects.
pub(super) struct What<'b, DB> {
    /// Its SQL up to what it is a function of.
    pub(super) begin: &'static str,
    /// What it is a function of.
    pub(super) argument: Option<&'b dyn QueryFragment<DB>>,
    /// The rest of it.
    pub(super) end: &'static str,
}

impl<'b, DB: Dialect> What<'b, DB> {
    /// Writes it, where `argument` writes what it is a function of.
    fn write(
        &self,
        argument: impl FnOnce(&'b dyn QueryFragment<DB>, AstPass<'_, 'b, DB>) -> QueryResult<()>,
        mut out: AstPass<'_, 'b, DB>,
    ) -> QueryResult<()> {
        out.push_sql(self.begin);
        if let Some(expression) = self.argument {
            argument(expression, out.reborrow())?;
        }
        out.push_sql(self.end);
        Ok(())
    }
}

/// The name of what an aggregate is a function of, where it is selected in a query further in.
const ARGUMENT: &str = "e";

/// Writes a subquery that begins with `begin` and selects `what` from the rows of the parent that is at hand.
pub(super) fn subquery<'b, R: Relation, DB: Dialect>(
    begin: &str,
    what: What<'b, DB>,
    filter: &'b impl Filter<DB>,
    out: AstPass<'_, 'b, DB>,
) -> QueryResult<()> {
    note::<R, DB>(out.backend())?;
    // MariaDB's derived tables do not see what is around the query that they are in.
    match (out.backend().sql(), const { hides_its_parent::<R>() }) {
        (Sql::Mysql, true) => from_other_rows::<R, DB>(begin, what, filter, out),
        (Sql::Mysql, false) => from_rows::<R, DB>(begin, what, filter, out),
        (_, true) => from_named_parent::<R, DB>(begin, what, filter, out),
        (_, false) => {
            let key = |part: usize, out: AstPass<'_, '_, DB>| parent_key::<R, DB>(part, out);
            from_joined::<R, DB>(begin, what, filter, &key, out)
        }
    }
}

/// Writes a column of the parent's key, as the query further out has it.
fn parent_key<R: Relation, DB: Dialect>(part: usize, out: AstPass<'_, '_, DB>) -> QueryResult<()> {
    write_column::<Root<R::Parent>, DB>(R::Key::NAMES[part], out)
}

/// From the rows with what stands between them and the parent.
fn from_joined<'b, R: Relation, DB: Dialect>(
    begin: &str,
    what: What<'b, DB>,
    filter: &'b impl Filter<DB>,
    key: WriteColumn<'_, DB>,
    mut out: AstPass<'_, 'b, DB>,
) -> QueryResult<()> {
    out.push_sql(begin);
    out.push_sql("SELECT ");
    what.write(|expression, out| expression.walk_ast(out), out.reborrow())?;
    out.push_sql(" FROM ");
    DB::write_table::<<R::Child as Model>::Table>(out.reborrow())?;
    R::Through::join::<R, DB>(key, out.reborrow())?;
    out.push_sql(" WHERE ");
    R::Through::write_belongs::<R, DB>(key, out.reborrow())?;
    filter.write_and(out.reborrow())?;
    out.push_sql(")");
    Ok(())
}

/// The same, where the parent's key gets a name of its own, one query further out.
fn from_named_parent<'b, R: Relation, DB: Dialect>(
    begin: &str,
    what: What<'b, DB>,
    filter: &'b impl Filter<DB>,
    mut out: AstPass<'_, 'b, DB>,
) -> QueryResult<()> {
    out.push_sql("(SELECT ");
    from_joined::<R, DB>(begin, what, filter, &write_parent_column, out.reborrow())?;
    out.push_sql(" FROM (SELECT ");
    let named = |part: usize, mut out: AstPass<'_, '_, DB>| {
        parent_key::<R, DB>(part, out.reborrow())?;
        out.push_sql(" AS ");
        out.push_identifier(PARENT_COLUMNS[part])
    };
    write_columns(R::Key::NAMES.len(), named, out.reborrow())?;
    out.push_sql(") AS ");
    out.push_identifier(PARENT)?;
    out.push_sql(")");
    Ok(())
}

/// From the rows, with what stands between in the condition.
fn from_rows<'b, R: Relation, DB: Dialect>(
    begin: &str,
    what: What<'b, DB>,
    filter: &'b impl Filter<DB>,
    mut out: AstPass<'_, 'b, DB>,
) -> QueryResult<()> {
    out.push_sql(begin);
    out.push_sql("SELECT ");
    what.write(|expression, out| expression.walk_ast(out), out.reborrow())?;
    out.push_sql(" FROM ");
    DB::write_table::<<R::Child as Model>::Table>(out.reborrow())?;
    R::Through::join_between::<R, DB>(out.reborrow())?;
    out.push_sql(" WHERE ");
    let own = R::Through::write_own::<R, DB>;
    R::Through::write_owned::<R, DB>(&own, &parent_key::<R, DB>, out.reborrow())?;
    filter.write_and(out.reborrow())?;
    out.push_sql(")");
    Ok(())
}

/// The same, where the rows get a name that is not the parent's, one query further in.
fn from_other_rows<'b, R: Relation, DB: Dialect>(
    begin: &str,
    what: What<'b, DB>,
    filter: &'b impl Filter<DB>,
    mut out: AstPass<'_, 'b, DB>,
) -> QueryResult<()> {
    out.push_sql(begin);
    out.push_sql("SELECT ");
    what.write(|_, out| write_of(ROWS, ARGUMENT, out), out.reborrow())?;
    out.push_sql(" FROM (SELECT ");
    let named = |part: usize, mut out: AstPass<'_, '_, DB>| {
        R::Through::write_own::<R, DB>(part, out.reborrow())?;
        out.push_sql(" AS ");
        out.push_identifier(PARENT_COLUMNS[part])
    };
    write_columns(R::Through::owned::<R, DB>(), named, out.reborrow())?;
    if let Some(argument) = what.argument {
        out.push_sql(", ");
        argument.walk_ast(out.reborrow())?;
        out.push_sql(" AS ");
        out.push_identifier(ARGUMENT)?;
    }
    out.push_sql(" FROM ");
    DB::write_table::<<R::Child as Model>::Table>(out.reborrow())?;
    R::Through::join_between::<R, DB>(out.reborrow())?;
    if !filter.is_empty() {
        out.push_sql(" WHERE 1 = 1");
        filter.write_and(out.reborrow())?;
    }
    out.push_sql(") AS ");
    out.push_identifier(ROWS)?;
    out.push_sql(" WHERE ");
    let own = |part: usize, out: AstPass<'_, '_, DB>| write_of(ROWS, PARENT_COLUMNS[part], out);
    R::Through::write_owned::<R, DB>(&own, &parent_key::<R, DB>, out.reborrow())?;
    out.push_sql(")");
    Ok(())
}
