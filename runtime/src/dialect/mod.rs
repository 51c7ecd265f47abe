//! Where the SQL of one backend differs from another's.

#[cfg(feature = "sqlite")]
mod sqlite;

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::query_builder::AstPass;

use crate::key::{KeyColumnsFor, KeyValue};

/// A backend that load specs run on.
///
/// Generic code seldom names it: see [`Query`](crate::Query) for the bounds of functions that load.
///
/// ```
/// fn supported<DB: upfront::Dialect>() {}
///
/// supported::<diesel::sqlite::Sqlite>();
/// ```
#[diagnostic::on_unimplemented(
    message = "load specs do not run on the backend `{Self}`",
    label = "not a supported backend",
    note = "enable the feature of `upfront` that is named after the database: `sqlite`"
)]
pub trait Dialect: Backend + 'static {
    /// Whether the queries of one load are put in a transaction where none is open.
    #[doc(hidden)]
    const READ_TRANSACTION: bool;

    /// A list of keys as this backend is given it.
    #[doc(hidden)]
    type KeyList<K: KeyValue>: KeyList;

    /// The keys as one list or, where that is too long for the backend, as several; none where there are no keys.
    #[doc(hidden)]
    fn key_lists<K: KeyValue>(keys: &[&K]) -> Vec<Self::KeyList<K>>;

    /// Writes ` IN (...)` with the keys.
    #[doc(hidden)]
    fn write_in<'b, C: KeyColumnsFor<Self>>(
        keys: &'b Self::KeyList<C::Value>,
        out: AstPass<'_, 'b, Self>,
    ) -> QueryResult<()>;

    /// Writes the `LIMIT` and `OFFSET` clauses.
    #[doc(hidden)]
    fn write_limit<'b>(
        limit: Option<&'b i64>,
        offset: Option<&'b i64>,
        out: AstPass<'_, 'b, Self>,
    ) -> QueryResult<()>;
}

/// A list of keys as one backend is given it.
pub trait KeyList: Send + 'static {
    /// Whether its SQL is the same whatever the keys, so that the statement can be cached.
    const CONSTANT: bool;
}
