//! Another selection than the spec's own.

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};

use crate::LoadSpec;
use crate::source::Joined;

/// An expression that is selected from a spec's joined tables.
///
/// Diesel's columns can be selected only from Diesel's own sources. The model's table is never on the outer side of a
/// join, so whatever appears on it can be selected.
pub struct Selected<E>(pub(super) E);

impl<E: Expression> Expression for Selected<E> {
    type SqlType = E::SqlType;
}

impl<E: QueryId> QueryId for Selected<E> {
    type QueryId = E::QueryId;
    const HAS_STATIC_QUERY_ID: bool = E::HAS_STATIC_QUERY_ID;
    const IS_WINDOW_FUNCTION: bool = E::IS_WINDOW_FUNCTION;
}

impl<E: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for Selected<E> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }
}

impl<E: ValidGrouping<G>, G> ValidGrouping<G> for Selected<E> {
    type IsAggregate = E::IsAggregate;
}

impl<E: AppearsOnTable<QS>, QS> AppearsOnTable<QS> for Selected<E> {}

impl<E: AppearsOnTable<Joined<S, O>>, S: LoadSpec, O> SelectableExpression<Joined<S, O>>
    for Selected<E>
{
}
