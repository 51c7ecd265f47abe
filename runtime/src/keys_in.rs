//! The filters of a prefetch: the children of a list of keys, and those of one key after the other.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::expression::{
    AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate,
};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::Bool;

use crate::Relation;
use crate::dialect::{Dialect, KeyList};
use crate::key::{KeyColumns, KeyColumnsFor};
use crate::path::Root;
use crate::query::Filter;
use crate::through::{Through, write_row};

/// The parents' keys that the backend `DB` is given for the relation `R`.
pub(crate) type Keys<R, DB> = <DB as Dialect>::KeyList<<<R as Relation>::Key as KeyColumns>::Value>;

/// The alias of the parents' keys where a query goes from one to the next. No table and no join has this name.
pub(crate) const PARENT: &str = "~";

/// The names of their columns.
pub(crate) const PARENT_COLUMNS: [&str; crate::key::MAX_KEY_COLUMNS] = ["0", "1", "2", "3"];

/// Writes a column of the parent's key.
pub(crate) fn write_parent_column<DB: Dialect>(
    part: usize,
    mut out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    out.push_identifier(PARENT)?;
    out.push_sql(".");
    out.push_identifier(PARENT_COLUMNS[part])
}

/// Whether a row is a child, by the relation `R`, of one of some keys, and the filter `F` holds.
pub struct KeysIn<R: Relation, F, DB: Dialect> {
    keys: Keys<R, DB>,
    filter: F,
    relation: PhantomData<R>,
}

/// Whether a row is a child, by the relation `R`, of the parent that the query is at, and the filter `F` holds.
pub struct Belongs<R, F> {
    filter: F,
    relation: PhantomData<R>,
}

impl<R: Relation, F, DB: Dialect> KeysIn<R, F, DB> {
    pub(crate) fn new(keys: Keys<R, DB>, filter: F) -> Self {
        Self { keys, filter, relation: PhantomData }
    }
}

impl<R, F> Belongs<R, F> {
    pub(crate) fn new(filter: F) -> Self {
        Self { filter, relation: PhantomData }
    }
}

impl<R, F, DB> QueryFragment<DB> for KeysIn<R, F, DB>
where
    R: Relation,
    R::Key: KeyColumnsFor<DB>,
    F: Filter<DB>,
    DB: Dialect,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let names = R::MatchedBy::NAMES;
        let column = |i: usize, out: AstPass<'_, '_, DB>| {
            R::Through::write_key::<R, Root<R::Child>, DB>(names[i], out)
        };
        write_row(names.len(), column, out.reborrow())?;
        out.push_sql(" IN (");
        DB::write_keys::<R::Key>(&self.keys, false, out.reborrow())?;
        out.push_sql(")");
        self.filter.write_and(out)
    }
}

impl<R, F, DB> QueryFragment<DB> for Belongs<R, F>
where
    R: Relation,
    F: Filter<DB>,
    DB: Dialect,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let parent = &write_parent_column;
        R::Through::write_belongs::<R, Root<R::Child>, DB>(parent, out.reborrow())?;
        self.filter.write_and(out)
    }
}

impl<R: Relation, F: QueryId, DB: Dialect> QueryId for KeysIn<R, F, DB> {
    type QueryId = (R, F::QueryId, DB);
    const HAS_STATIC_QUERY_ID: bool = F::HAS_STATIC_QUERY_ID && <Keys<R, DB> as KeyList>::CONSTANT;
}

impl<R: Relation, F: QueryId> QueryId for Belongs<R, F> {
    type QueryId = Belongs<R, F::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = F::HAS_STATIC_QUERY_ID;
}

impl<R: Relation, F, DB: Dialect> Expression for KeysIn<R, F, DB> {
    type SqlType = Bool;
}

impl<R, F> Expression for Belongs<R, F> {
    type SqlType = Bool;
}

macro_rules! on_any_table {
    ($([$($parameter:tt)*] $expression:ty;)*) => {$(
        impl<$($parameter)*> ValidGrouping<()> for $expression {
            type IsAggregate = is_aggregate::No;
        }

        impl<QS: ?Sized, $($parameter)*> AppearsOnTable<QS> for $expression {}

        impl<QS: ?Sized, $($parameter)*> SelectableExpression<QS> for $expression {}
    )*};
}

on_any_table! {
    [R: Relation, F, DB: Dialect] KeysIn<R, F, DB>;
    [R, F] Belongs<R, F>;
}
