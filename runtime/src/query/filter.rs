//! Conditions that are joined by us and not by Diesel's query, so that none of its methods can widen them.

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};

/// What must hold of a row besides the rest.
pub trait Filter<DB: Backend> {
    /// Writes ` AND (..)` for each condition.
    fn write_and<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()>;
}

/// No condition.
#[derive(Clone, Copy, Default)]
pub struct NoFilter;

/// The conditions `A`, and the condition `E`.
#[derive(Clone, Copy)]
pub struct And<A, E>(pub A, pub E);

impl<DB: Backend> Filter<DB> for NoFilter {
    fn write_and<'b>(&'b self, _: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        Ok(())
    }
}

impl<DB: Backend, A: Filter<DB>, E: QueryFragment<DB>> Filter<DB> for And<A, E> {
    fn write_and<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.write_and(out.reborrow())?;
        out.push_sql(" AND (");
        self.1.walk_ast(out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }
}

impl QueryId for NoFilter {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<A: QueryId, E: QueryId> QueryId for And<A, E> {
    type QueryId = And<A::QueryId, E::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = A::HAS_STATIC_QUERY_ID && E::HAS_STATIC_QUERY_ID;
}
