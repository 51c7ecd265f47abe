//! Asking a connection that waits.

use std::sync::Arc;

use diesel::QueryResult;

use super::QueryPlan;
use super::ask::{Ask, Inspect, told};
use super::indexes::{Catalogue, tables_of};
use crate::dialect::Dialect;

/// The backend of a connection.
pub(crate) fn backend_of<C: Inspect>(conn: &mut C) -> QueryResult<C::Backend> {
    let answered = Arc::default();
    conn.ask(Ask::Backend(Arc::clone(&answered)))?;
    told(&answered)
}

/// The indexes of the tables in which a plan looks up rows.
pub(crate) fn catalogue_of<C: Inspect>(
    plan: &QueryPlan,
    backend: &C::Backend,
    conn: &mut C,
) -> QueryResult<Catalogue> {
    let mut catalogue = Catalogue::new(backend.sql());
    for table in tables_of(plan) {
        let answers = conn.ask(Ask::Indexes(table.clone()))?;
        catalogue.add(table, &answers);
    }
    Ok(catalogue)
}
