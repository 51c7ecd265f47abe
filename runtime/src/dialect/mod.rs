//! Where the SQL of one backend differs from another's.

#[cfg(feature = "sqlite")]
mod sqlite;

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::internal::table_macro::StaticQueryFragment;
use diesel::query_builder::AstPass;
use diesel::result::Error;

use crate::key::{KeyColumnsFor, KeyValue};
use crate::through::WriteColumn;

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
    /// Writes the name of a table, with its schema where it has one.
    #[doc(hidden)]
    fn write_table<T: NamedTable>(out: AstPass<'_, '_, Self>) -> QueryResult<()>;

    /// Whether the queries of one load are put in a transaction where none is open.
    #[doc(hidden)]
    const READ_TRANSACTION: bool;

    /// Whether a transaction could not begin because the connection is in one.
    #[doc(hidden)]
    fn is_in_transaction(error: &Error) -> bool;

    /// A list of keys as this backend is given it.
    #[doc(hidden)]
    type KeyList<K: KeyValue>: KeyList;

    /// The keys as one list. There is at least one key: the query for none is not run.
    ///
    /// It is an error where the backend cannot be given so many keys in one query.
    #[doc(hidden)]
    fn key_list<K: KeyValue>(keys: &[&K]) -> QueryResult<Self::KeyList<K>>;

    /// Writes a query that gives the keys; `named` if its columns are given the names of [`PARENT_COLUMNS`].
    #[doc(hidden)]
    fn write_keys<'b, C: KeyColumnsFor<Self>>(
        keys: &'b Self::KeyList<C::Value>,
        named: bool,
        out: AstPass<'_, 'b, Self>,
    ) -> QueryResult<()>;

    /// Writes the join, to a list of parents, of the rows of each: those that the subquery `rows` selects the keys of, in its
    /// order. The keys are the `column`s of the table, and `are_bytes` says of what kind.
    #[doc(hidden)]
    fn write_rows_of_each<'b>(
        are_bytes: &[bool],
        rows: impl FnOnce(AstPass<'_, 'b, Self>) -> QueryResult<()>,
        table: impl FnOnce(AstPass<'_, '_, Self>) -> QueryResult<()>,
        column: WriteColumn<'_, Self>,
        out: AstPass<'_, 'b, Self>,
    ) -> QueryResult<()>;

    /// A join that keeps the order in which the tables stand, where the backend has one.
    #[doc(hidden)]
    const JOIN_IN_ORDER: &'static str;

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

/// A table whose name every backend that is enabled can write: each that `table!` declares.
pub trait NamedTable: StaticQueryFragment<Component: NameOnSqlite> + 'static {}

impl<T> NamedTable for T where T: StaticQueryFragment<Component: NameOnSqlite> + 'static {}

/// A name that SQLite can write. Diesel writes a name with a schema on the backends that it knows, and not on any
/// backend that there might be.
#[cfg(feature = "sqlite")]
pub trait NameOnSqlite: diesel::query_builder::QueryFragment<diesel::sqlite::Sqlite> {}

#[cfg(feature = "sqlite")]
impl<T: diesel::query_builder::QueryFragment<diesel::sqlite::Sqlite>> NameOnSqlite for T {}

/// Where SQLite is not enabled, any name will do.
#[cfg(not(feature = "sqlite"))]
pub trait NameOnSqlite {}

#[cfg(not(feature = "sqlite"))]
impl<T> NameOnSqlite for T {}
