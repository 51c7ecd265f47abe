//! What tells the rows of a relation apart, where they are cut for each parent: which child it is, or where the row of the
//! through table is loaded beside it, which of those.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::expression::{
    AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate,
};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::Untyped;

use crate::dialect::Dialect;
use crate::key::{KeyColumns, KeyValue};
use crate::keys_in::PARENT_COLUMNS;
use crate::path::{Root, write_column};
use crate::through::Through;
use crate::{LoadSpec, Model, Relation};

/// The model of the rows that are loaded beside the children of a relation: `()` where there are none.
pub trait Beside: 'static {
    /// Whether there is one.
    const IS_THERE: bool;
    /// The model whose rows are told apart, where the children are of the model `C`.
    type Told<C: Model>: Model;

    /// Writes the join of the child, where the rows of another model are told apart.
    fn join_child<R: Relation, DB: Dialect>(out: AstPass<'_, '_, DB>) -> QueryResult<()>;
}

impl Beside for () {
    const IS_THERE: bool = false;
    type Told<C: Model> = C;

    fn join_child<R: Relation, DB: Dialect>(_: AstPass<'_, '_, DB>) -> QueryResult<()> {
        Ok(())
    }
}

impl<M: Model> Beside for M {
    const IS_THERE: bool = true;
    type Told<C: Model> = M;

    fn join_child<R: Relation, DB: Dialect>(out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        R::Through::join_child::<R, DB>(out)
    }
}

/// The model whose primary key tells the rows of the spec `S` apart.
pub(crate) type Told<S> = <<S as LoadSpec>::Through as Beside>::Told<<S as LoadSpec>::Model>;

type Key<S> = <Told<S> as Model>::PrimaryKey;

/// The names of its columns.
pub(crate) const fn names<S: LoadSpec>() -> &'static [&'static str] {
    <Key<S> as KeyColumns>::NAMES
}

/// Which of them are bytes.
pub(crate) const fn are_bytes<S: LoadSpec>() -> &'static [bool] {
    <<Key<S> as KeyColumns>::Value as KeyValue>::BYTES
}

/// Writes one of them.
pub(crate) fn write<S: LoadSpec, DB: Dialect>(
    part: usize,
    out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    write_column::<Root<Told<S>>, DB>(names::<S>()[part], out)
}

/// What tells the rows of the spec `S` apart, as a subquery selects it.
pub struct RowKey<S>(PhantomData<S>);

impl<S> RowKey<S> {
    pub(crate) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<S: LoadSpec, DB: Dialect> QueryFragment<DB> for RowKey<S> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        for (part, _) in names::<S>().iter().enumerate() {
            if part > 0 {
                out.push_sql(", ");
            }
            write::<S, DB>(part, out.reborrow())?;
            out.push_sql(" AS ");
            out.push_identifier(PARENT_COLUMNS[part])?;
        }
        Ok(())
    }
}

impl<S: 'static> QueryId for RowKey<S> {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<S> Expression for RowKey<S> {
    type SqlType = Untyped;
}

impl<S> ValidGrouping<()> for RowKey<S> {
    type IsAggregate = is_aggregate::No;
}

impl<S, QS: ?Sized> AppearsOnTable<QS> for RowKey<S> {}

impl<S, QS: ?Sized> SelectableExpression<QS> for RowKey<S> {}
