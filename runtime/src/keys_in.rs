//! The filter of a prefetch: the children of these keys.

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
use crate::through::Through;

/// The parents' keys that the backend `DB` is given for the relation `R`.
type Keys<R, DB> = <DB as Dialect>::KeyList<<<R as Relation>::Key as KeyColumns>::Value>;

/// Whether a row is a child, by the relation `R`, of one of some keys.
pub struct KeysIn<R: Relation, DB: Dialect> {
    keys: Keys<R, DB>,
    relation: PhantomData<R>,
}

impl<R: Relation, DB: Dialect> KeysIn<R, DB> {
    pub(crate) fn new(keys: Keys<R, DB>) -> Self {
        Self { keys, relation: PhantomData }
    }
}

impl<R: Relation, DB: Dialect> Expression for KeysIn<R, DB> {
    type SqlType = Bool;
}

impl<R: Relation, DB: Dialect> QueryId for KeysIn<R, DB> {
    type QueryId = KeysIn<R, DB>;
    const HAS_STATIC_QUERY_ID: bool = <Keys<R, DB> as KeyList>::CONSTANT;
}

impl<R: Relation, DB: Dialect> QueryFragment<DB> for KeysIn<R, DB>
where
    R::Key: KeyColumnsFor<DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let composite = R::MatchedBy::NAMES.len() > 1;
        if composite {
            out.push_sql("(");
        }
        for (i, name) in R::MatchedBy::NAMES.iter().enumerate() {
            if i > 0 {
                out.push_sql(", ");
            }
            R::Through::write_key::<R, Root<R::Child>, DB>(name, out.reborrow())?;
        }
        if composite {
            out.push_sql(")");
        }
        DB::write_in::<R::Key>(&self.keys, out)
    }
}

impl<R: Relation, DB: Dialect> ValidGrouping<()> for KeysIn<R, DB> {
    type IsAggregate = is_aggregate::No;
}

impl<R: Relation, DB: Dialect, QS: ?Sized> AppearsOnTable<QS> for KeysIn<R, DB> {}

impl<R: Relation, DB: Dialect, QS: ?Sized> SelectableExpression<QS> for KeysIn<R, DB> {}
