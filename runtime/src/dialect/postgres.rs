//! PostgreSQL.

use std::sync::Arc;

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql};
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::result::Error;
use diesel::serialize::ToSql;
use diesel::sql_types::{Array, HasSqlType, Text};

use super::{Dialect, KeyList, NamedTable, Sql, bind_bigint, bind_str, write_parents_on_postgres};
use crate::Relation;
use crate::key::{HasKey, KeyColumns, KeyColumnsFor, SqlKey};
use crate::through::{WriteColumn, write_row};

/// A list of keys: one array for each column.
pub struct Arrays<C: KeyColumns>(C::Lists);

impl<C: KeyColumns> KeyList for Arrays<C> {
    const CONSTANT: bool = true;
}

impl<C: KeyColumns> Arrays<C> {
    /// Writes the arrays as the arguments of a function.
    fn write_arguments<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()>
    where
        C: KeyColumnsFor<Pg>,
    {
        for part in 0..C::NAMES.len() {
            out.push_sql(if part > 0 { ", " } else { "(" });
            C::bind_list(&self.0, part, out.reborrow())?;
        }
        out.push_sql(")");
        Ok(())
    }
}

impl Dialect for Pg {
    const SQL: Option<Sql> = Some(Sql::Postgres);

    fn sql(&self) -> Sql {
        Sql::Postgres
    }

    fn write_table<T: NamedTable>(out: AstPass<'_, '_, Pg>) -> QueryResult<()> {
        QueryFragment::<Pg>::walk_ast(&T::STATIC_COMPONENT, out)
    }

    // For PostgreSQL another `BEGIN` is no error. What makes the transaction a snapshot is one, where a query ran in it.
    fn is_in_transaction(error: &Error) -> bool {
        let text = "must be called before any query";
        matches!(error, Error::DatabaseError(_, information) if information.message().contains(text))
    }

    fn read_text(value: <Self as Backend>::RawValue<'_>) -> deserialize::Result<String> {
        FromSql::<Text, Self>::from_sql(value)
    }

    fn same(&self) -> Self {
        Self
    }

    fn query_builder(&self) -> Self::QueryBuilder {
        Default::default()
    }

    type KeyList<C: KeyColumns> = Arrays<C>;

    fn key_list<C: KeyColumns>(keys: Arc<Vec<C::Value>>) -> QueryResult<Arrays<C>> {
        Ok(Arrays(C::lists(keys)))
    }

    fn write_among<'b, C: KeyColumnsFor<Pg>>(
        keys: &'b Arrays<C>,
        column: WriteColumn<'_, Pg>,
        mut out: AstPass<'_, 'b, Pg>,
    ) -> QueryResult<()> {
        write_row(C::NAMES.len(), column, out.reborrow())?;
        if C::NAMES.len() == 1 {
            out.push_sql(" = ANY");
            return keys.write_arguments(out);
        }
        out.push_sql(" IN (SELECT * FROM unnest");
        keys.write_arguments(out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }

    fn write_parents<'b, R: Relation<Key: KeyColumnsFor<Pg>>>(
        keys: &'b Arrays<R::Key>,
        out: AstPass<'_, 'b, Pg>,
    ) -> QueryResult<()> {
        let arrays = |mut out: AstPass<'_, 'b, Pg>| {
            out.push_sql("unnest");
            keys.write_arguments(out)
        };
        write_parents_on_postgres::<R, Pg>(arrays, out)
    }

    fn bind_number<'b>(number: &'b i64, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        bind_bigint(number, out)
    }

    fn bind_text<'b>(text: &'b str, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        bind_str(text, out)
    }
}

impl<K: SqlKey> HasKey<K> for Pg
where
    Pg: HasSqlType<K::NotNull>,
    K::Value: ToSql<K::NotNull, Pg> + FromSql<K::NotNull, Pg>,
    [K::Value]: ToSql<Array<K::NotNull>, Pg>,
{
    fn read_key(value: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<K::Value> {
        K::Value::from_sql(value)
    }

    fn bind_key<'b>(value: &'b K::Value, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_bind_param::<K::NotNull, K::Value>(value)
    }

    fn bind_list<'b>(values: &'b [K::Value], mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_bind_param::<Array<K::NotNull>, [K::Value]>(values)
    }
}
