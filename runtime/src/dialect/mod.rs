//! Where the SQL of one backend differs from another's.
//!
//! The statements are written by code that is generic over the backend, and asks it which SQL it speaks. What is said of
//! one SQL only is in the file that has its name; what a backend must do by itself is a method of [`Dialect`].

mod bound;
mod multi;
#[cfg(feature = "mysql")]
mod mysql;
#[cfg(feature = "mysql")]
mod mysql_keys;
mod names;
#[cfg(feature = "postgres")]
mod postgres;
mod postgres_parents;
#[cfg(feature = "sqlite")]
mod sqlite;
mod sqlite_rows;

use std::sync::Arc;

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::deserialize;
use diesel::query_builder::AstPass;
use diesel::result::Error;
use diesel::sql_types::{BigInt, Text};

#[cfg(any(feature = "sqlite", feature = "mysql"))]
pub(crate) use bound::too_many_of_their_type;
pub(crate) use bound::{Bound, most_binds};
pub use multi::{SeveralBackends, TableName};
pub use names::NamedTable;
pub(crate) use postgres_parents::write_parents_on_postgres;
pub(crate) use sqlite_rows::write_rows_of_each;

use crate::Relation;
use crate::key::{KeyColumns, KeyColumnsFor};
use crate::through::WriteColumn;

/// Which SQL a backend speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sql {
    /// That of SQLite.
    Sqlite,
    /// That of PostgreSQL.
    Postgres,
    /// That of MySQL and MariaDB, as far as they have it in common.
    Mysql,
}

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
    note = "enable the feature of `upfront` that is named after the database, `sqlite`, `postgres` or `mysql`; and beside `diesel::MultiConnection`, derive `upfront::MultiConnection`"
)]
pub trait Dialect: Backend + Send + Sync + 'static {
    /// Which SQL it speaks, where that is known at compile time.
    #[doc(hidden)]
    const SQL: Option<Sql>;

    /// Which SQL it speaks.
    #[doc(hidden)]
    fn sql(&self) -> Sql;

    /// Writes the name of a table, with its schema where it has one.
    #[doc(hidden)]
    fn write_table<T: NamedTable>(out: AstPass<'_, '_, Self>) -> QueryResult<()>;

    /// Whether the queries of one load are put in a transaction where none is open.
    #[doc(hidden)]
    const READ_TRANSACTION: bool = false;

    /// Whether a transaction could not begin because the connection is in one.
    #[doc(hidden)]
    fn is_in_transaction(_error: &Error) -> bool {
        false
    }

    /// Reads a text.
    #[doc(hidden)]
    fn read_text(value: Self::RawValue<'_>) -> deserialize::Result<String>;

    /// Reads a value of any type as a text.
    #[doc(hidden)]
    fn read_any(value: Self::RawValue<'_>) -> deserialize::Result<String> {
        Self::read_text(value)
    }

    /// The same backend once more.
    #[doc(hidden)]
    fn same(&self) -> Self;

    /// What writes the text of a statement.
    #[doc(hidden)]
    fn query_builder(&self) -> Self::QueryBuilder;

    /// A list of keys as this backend is given it.
    #[doc(hidden)]
    type KeyList<C: KeyColumns>: KeyList;

    /// The keys as one list. There is at least one key: the query for none is not run. Of none, it is the list of a key that
    /// is not known, in a statement that is only written.
    ///
    /// It is an error where the backend cannot be given so many keys in one query.
    #[doc(hidden)]
    fn key_list<C: KeyColumns>(keys: Arc<Vec<C::Value>>) -> QueryResult<Self::KeyList<C>>;

    /// Writes the condition that the `column`s of a key are among the keys.
    #[doc(hidden)]
    fn write_among<'b, C: KeyColumnsFor<Self>>(
        keys: &'b Self::KeyList<C>,
        column: WriteColumn<'_, Self>,
        out: AstPass<'_, 'b, Self>,
    ) -> QueryResult<()>;

    /// Writes the keys of the parents of `R` for a `FROM` clause, under the names of [`crate::keys`].
    #[doc(hidden)]
    fn write_parents<'b, R: Relation<Key: KeyColumnsFor<Self>>>(
        keys: &'b Self::KeyList<R::Key>,
        out: AstPass<'_, 'b, Self>,
    ) -> QueryResult<()>;

    /// Binds the number of a limit or an offset.
    #[doc(hidden)]
    fn bind_number<'b>(number: &'b i64, out: AstPass<'_, 'b, Self>) -> QueryResult<()>;

    /// Binds a text.
    #[doc(hidden)]
    fn bind_text<'b>(text: &'b str, out: AstPass<'_, 'b, Self>) -> QueryResult<()>;
}

/// A list of keys as one backend is given it.
pub trait KeyList: Send + 'static {
    /// Whether its SQL is the same whatever the keys, so that the statement can be cached.
    const CONSTANT: bool;
}

/// Whether SQLite says that it cannot begin a transaction within one. It has no code of its own for this.
pub(crate) fn is_begun_twice(error: &Error) -> bool {
    let text = "cannot start a transaction within a transaction";
    matches!(error, Error::DatabaseError(_, information) if information.message() == text)
}

/// A join that keeps the order in which the tables stand, where the backend has one.
pub(crate) fn join_in_order<DB: Dialect>(out: &AstPass<'_, '_, DB>) -> &'static str {
    match out.backend().sql() {
        Sql::Sqlite => " CROSS JOIN ",
        Sql::Postgres | Sql::Mysql => " INNER JOIN ",
    }
}

/// Writes a column of a key so that it is only equal to what has the same bytes, where it `is_text`.
pub(crate) fn write_exactly<DB: Dialect>(
    is_text: bool,
    column: impl FnOnce(AstPass<'_, '_, DB>) -> QueryResult<()>,
    mut out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    let (before, behind) = match out.backend().sql() {
        Sql::Postgres if is_text => ("", " COLLATE \"C\""),
        Sql::Mysql if is_text => ("CAST(", " AS BINARY)"),
        _ => ("", ""),
    };
    out.push_sql(before);
    column(out.reborrow())?;
    out.push_sql(behind);
    Ok(())
}

/// Writes the `LIMIT` and `OFFSET` clauses.
pub(crate) fn write_limit<'b, DB: Dialect>(
    limit: Option<&'b i64>,
    offset: Option<&'b i64>,
    mut out: AstPass<'_, 'b, DB>,
) -> QueryResult<()> {
    let sql = out.backend().sql();
    match limit {
        Some(limit) => {
            out.push_sql(" LIMIT ");
            write_number(sql, limit, out.reborrow())?;
        }
        None if offset.is_some() => out.push_sql(match sql {
            Sql::Sqlite => " LIMIT -1",
            Sql::Postgres => "",
            // The most rows that there can be.
            Sql::Mysql => " LIMIT 18446744073709551615",
        }),
        None => {}
    }
    if let Some(offset) = offset {
        out.push_sql(" OFFSET ");
        write_number(sql, offset, out)?;
    }
    Ok(())
}

fn write_number<'b, DB: Dialect>(
    sql: Sql,
    number: &'b i64,
    mut out: AstPass<'_, 'b, DB>,
) -> QueryResult<()> {
    if sql != Sql::Sqlite {
        return DB::bind_number(number, out);
    }
    // SQLite plans a statement again whenever a bare `LIMIT ?` is bound to another value. It does not look into an
    // expression.
    out.push_sql("(");
    DB::bind_number(number, out.reborrow())?;
    out.push_sql(" + 0)");
    Ok(())
}

/// Binds a number on a backend that has such a type.
pub(crate) fn bind_bigint<'b, DB>(number: &'b i64, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()>
where
    DB: Backend + diesel::sql_types::HasSqlType<BigInt>,
    i64: diesel::serialize::ToSql<BigInt, DB>,
{
    out.push_bind_param::<BigInt, i64>(number)
}

/// Binds a text on a backend that reads it so.
pub(crate) fn bind_str<'b, DB>(text: &'b str, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()>
where
    DB: Backend + diesel::sql_types::HasSqlType<Text>,
    str: diesel::serialize::ToSql<Text, DB>,
{
    out.push_bind_param::<Text, str>(text)
}
