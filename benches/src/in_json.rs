//! The hand-tuned way to send a list of keys to SQLite.

use std::fmt::Write as _;

use diesel::expression::{
    AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate,
};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{Bool, Text};
use diesel::sqlite::Sqlite;

/// `column IN (SELECT value FROM json_each(?))`.
///
/// Diesel's `eq_any` and `sql` make statements that are prepared again each time; this one is cached.
#[derive(QueryId)]
pub(crate) struct InJson<C> {
    column: C,
    keys: String,
}

impl<C> InJson<C> {
    pub(crate) fn new(column: C, keys: impl ExactSizeIterator<Item = i32>) -> Self {
        Self { column, keys: array(keys) }
    }
}

/// The keys as a JSON array.
pub(crate) fn array(keys: impl ExactSizeIterator<Item = i32>) -> String {
    let mut json = String::with_capacity(keys.len() * 7 + 2);
    json.push('[');
    for (i, key) in keys.enumerate() {
        let comma = if i > 0 { "," } else { "" };
        // Writing to a `String` cannot fail.
        let _ = write!(json, "{comma}{key}");
    }
    json.push(']');
    json
}

impl<C: Expression> Expression for InJson<C> {
    type SqlType = Bool;
}

impl<C: QueryFragment<Sqlite>> QueryFragment<Sqlite> for InJson<C> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(" IN (SELECT value FROM json_each(");
        out.push_bind_param::<Text, str>(&self.keys)?;
        out.push_sql("))");
        Ok(())
    }
}

impl<C> ValidGrouping<()> for InJson<C> {
    type IsAggregate = is_aggregate::No;
}

impl<C: AppearsOnTable<QS>, QS: ?Sized> AppearsOnTable<QS> for InJson<C> where Self: Expression {}

impl<C: SelectableExpression<QS>, QS: ?Sized> SelectableExpression<QS> for InJson<C> where
    Self: AppearsOnTable<QS>
{
}
