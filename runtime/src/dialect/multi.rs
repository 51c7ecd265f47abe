//! Connections to one of several databases: Diesel's derive for them makes a backend that is one of theirs, and ours says of
//! it what is here.

use std::marker::PhantomData;
use std::sync::Arc;

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql};
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::result::Error;
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, HasSqlType, Text};

use super::{Bound, Dialect, NamedTable, Sql, bind_bigint, bind_str, is_begun_twice, most_binds};
use crate::Relation;
use crate::key::{KeyColumns, KeyColumnsFor};
use crate::through::WriteColumn;

/// A backend that is one of several, which is known at run time.
pub trait SeveralBackends: Backend + Send + Sync + 'static {
    /// What those that it can be speak.
    const SQLS: &'static [Option<Sql>];

    /// What the one that it is speaks.
    fn sql(&self) -> Sql;

    /// The same backend once more.
    fn same(&self) -> Self;

    /// What writes the text of a statement for the one that it is.
    fn query_builder(&self) -> Self::QueryBuilder;

    /// Reads a value of any type as a text, as the one that it comes from does.
    fn read_any(value: Self::RawValue<'_>) -> deserialize::Result<String>;

    /// Writes the name of a table as the one that it is does.
    fn write_table<T: NamedTable>(out: AstPass<'_, '_, Self>) -> QueryResult<()>;
}

/// The name of a table, as a part of a query on each backend.
pub struct TableName<T>(PhantomData<T>);

impl<T: 'static> TableName<T> {
    /// The name.
    pub const HERE: &'static Self = &Self(PhantomData);
}

impl<T: NamedTable, DB: Dialect> QueryFragment<DB> for TableName<T> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        DB::write_table::<T>(out)
    }
}

/// How many values of keys each of the backends binds in one statement.
fn most_binds_of_each<DB: SeveralBackends>() -> usize {
    let most = DB::SQLS.iter().copied().flatten().map(most_binds).min();
    most.unwrap_or(most_binds(Sql::Sqlite))
}

#[cold]
fn too_many_keys(keys: usize, limit: usize) -> String {
    format!(
        "a prefetch has {keys} keys, of which one query takes {limit} on a connection that can be to one database or \
         another: load fewer rows at a time, as `.load_chunks(..)` does"
    )
}

#[diagnostic::do_not_recommend]
impl<DB> Dialect for DB
where
    DB: SeveralBackends + HasSqlType<BigInt>,
    i64: ToSql<BigInt, DB>,
    str: ToSql<Text, DB>,
    String: FromSql<Text, DB>,
{
    const SQL: Option<Sql> = None;

    fn sql(&self) -> Sql {
        SeveralBackends::sql(self)
    }

    fn write_table<T: NamedTable>(out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        <DB as SeveralBackends>::write_table::<T>(out)
    }

    fn is_in_transaction(error: &Error) -> bool {
        is_begun_twice(error)
    }

    fn read_text(value: DB::RawValue<'_>) -> deserialize::Result<String> {
        String::from_sql(value)
    }

    fn read_any(value: DB::RawValue<'_>) -> deserialize::Result<String> {
        <DB as SeveralBackends>::read_any(value)
    }

    fn same(&self) -> Self {
        SeveralBackends::same(self)
    }

    fn query_builder(&self) -> DB::QueryBuilder {
        SeveralBackends::query_builder(self)
    }

    // Each of the backends can be given keys that are bound one by one.
    type KeyList<C: KeyColumns> = Bound<C>;

    fn key_list<C: KeyColumns>(keys: Arc<Vec<C::Value>>) -> QueryResult<Bound<C>> {
        Bound::new(keys, most_binds_of_each::<DB>(), too_many_keys)
    }

    fn write_among<'b, C: KeyColumnsFor<DB>>(
        keys: &'b Bound<C>,
        column: WriteColumn<'_, DB>,
        out: AstPass<'_, 'b, DB>,
    ) -> QueryResult<()> {
        keys.write_among(column, out)
    }

    fn write_parents<'b, R: Relation<Key: KeyColumnsFor<DB>>>(
        keys: &'b Bound<R::Key>,
        out: AstPass<'_, 'b, DB>,
    ) -> QueryResult<()> {
        keys.write_parents::<R, _>(out)
    }

    fn bind_number<'b>(number: &'b i64, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        bind_bigint(number, out)
    }

    fn bind_text<'b>(text: &'b str, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        bind_str(text, out)
    }
}
