//! MySQL and MariaDB.

use std::sync::Arc;

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql};
use diesel::mysql::Mysql;
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::serialize::ToSql;
use diesel::sql_types::{HasSqlType, Text};

use super::{Bound, Dialect, NamedTable, Sql, bind_bigint, most_binds};
use crate::Relation;
use crate::key::{HasKey, KeyColumns, KeyColumnsFor, SqlKey};
use crate::through::WriteColumn;

impl Dialect for Mysql {
    const SQL: Option<Sql> = Some(Sql::Mysql);

    fn sql(&self) -> Sql {
        Sql::Mysql
    }

    fn write_table<T: NamedTable>(out: AstPass<'_, '_, Mysql>) -> QueryResult<()> {
        QueryFragment::<Mysql>::walk_ast(&T::STATIC_COMPONENT, out)
    }

    fn read_text(value: <Self as Backend>::RawValue<'_>) -> deserialize::Result<String> {
        FromSql::<Text, Self>::from_sql(value)
    }

    type KeyList<C: KeyColumns> = Bound<C>;

    fn key_list<C: KeyColumns>(keys: Arc<Vec<C::Value>>) -> QueryResult<Bound<C>> {
        Bound::new(keys, most_binds(Sql::Mysql), too_many_keys)
    }

    fn write_among<'b, C: KeyColumnsFor<Mysql>>(
        keys: &'b Bound<C>,
        column: WriteColumn<'_, Mysql>,
        out: AstPass<'_, 'b, Mysql>,
    ) -> QueryResult<()> {
        keys.write_among(column, out)
    }

    fn write_parents<'b, R: Relation<Key: KeyColumnsFor<Mysql>>>(
        keys: &'b Bound<R::Key>,
        out: AstPass<'_, 'b, Mysql>,
    ) -> QueryResult<()> {
        keys.write_parents::<R, _>(out)
    }

    fn bind_number<'b>(number: &'b i64, out: AstPass<'_, 'b, Mysql>) -> QueryResult<()> {
        bind_bigint(number, out)
    }
}

#[cold]
fn too_many_keys(keys: usize, limit: usize) -> String {
    format!(
        "a prefetch has {keys} keys, of which one query on MySQL takes {limit}: load fewer rows at a time, as \
         `.load_chunks(..)` does"
    )
}

impl<K: SqlKey> HasKey<K> for Mysql
where
    Mysql: HasSqlType<K::NotNull>,
    K::Value: ToSql<K::NotNull, Mysql> + FromSql<K::NotNull, Mysql>,
{
    fn read_key(value: <Mysql as Backend>::RawValue<'_>) -> deserialize::Result<K::Value> {
        K::Value::from_sql(value)
    }

    fn bind_key<'b>(value: &'b K::Value, mut out: AstPass<'_, 'b, Mysql>) -> QueryResult<()> {
        out.push_bind_param::<K::NotNull, K::Value>(value)
    }
}
