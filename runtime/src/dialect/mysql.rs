//! MySQL and MariaDB.

use std::sync::Arc;

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql};
use diesel::mysql::{Mysql, MysqlType, MysqlValue};
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Double, HasSqlType, Text};

use super::mysql_keys::Packed;
use super::{
    Bound, Dialect, KeyList, NamedTable, Sql, bind_bigint, bind_str, most_binds,
    too_many_of_their_type,
};
use crate::Relation;
use crate::key::{HasKey, KeyColumns, KeyColumnsFor, KeyPart, KeyValue, SqlKey};
use crate::through::WriteColumn;

const MOST_BINDS: usize = most_binds(Sql::Mysql);

/// A list of keys: one value for each part of each key, by which most of a table is read faster than by any other list; or
/// a few values for any number of keys, which also keeps the collations of texts.
pub enum Keys<C: KeyColumns> {
    Bound(Bound<C>),
    Packed(Packed),
}

impl<C: KeyColumns> KeyList for Keys<C> {
    const CONSTANT: bool = false;
}

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

    fn read_any(value: MysqlValue<'_>) -> deserialize::Result<String> {
        // A statement that explains another answers with numbers and texts, which are not written alike.
        let number = <i64 as FromSql<BigInt, Self>>::from_sql(value.clone())
            .map(|number| number.to_string());
        number
            .or_else(|_| {
                <f64 as FromSql<Double, Self>>::from_sql(value.clone()).map(|n| n.to_string())
            })
            .or_else(|_| Self::read_text(value))
    }

    fn same(&self) -> Self {
        Self
    }

    fn query_builder(&self) -> Self::QueryBuilder {
        Default::default()
    }

    type KeyList<C: KeyColumns> = Keys<C>;

    fn key_list<C: KeyColumns>(keys: Arc<Vec<C::Value>>) -> QueryResult<Keys<C>> {
        let few = keys.len() <= MOST_BINDS / C::NAMES.len();
        match C::Value::BOUND || (C::Value::EXACT && few) {
            true => Bound::new(keys, MOST_BINDS, too_many_of_their_type("MySQL")).map(Keys::Bound),
            false => Ok(Keys::Packed(Packed::new(&keys))),
        }
    }

    fn write_among<'b, C: KeyColumnsFor<Mysql>>(
        keys: &'b Keys<C>,
        column: WriteColumn<'_, Mysql>,
        out: AstPass<'_, 'b, Mysql>,
    ) -> QueryResult<()> {
        match keys {
            Keys::Bound(keys) => keys.write_among(column, out),
            Keys::Packed(keys) => keys.write_among(column, out),
        }
    }

    fn write_parents<'b, R: Relation<Key: KeyColumnsFor<Mysql>>>(
        keys: &'b Keys<R::Key>,
        out: AstPass<'_, 'b, Mysql>,
    ) -> QueryResult<()> {
        match keys {
            Keys::Bound(keys) => keys.write_parents::<R, _>(out),
            Keys::Packed(keys) => keys.write_parents(out),
        }
    }

    fn bind_number<'b>(number: &'b i64, out: AstPass<'_, 'b, Mysql>) -> QueryResult<()> {
        bind_bigint(number, out)
    }

    fn bind_text<'b>(text: &'b str, out: AstPass<'_, 'b, Mysql>) -> QueryResult<()> {
        bind_str(text, out)
    }
}

impl<K: SqlKey> HasKey<K> for Mysql
where
    Mysql: HasSqlType<K::NotNull>,
    K::Value: ToSql<K::NotNull, Mysql> + FromSql<K::NotNull, Mysql>,
{
    fn read_key(value: <Mysql as Backend>::RawValue<'_>) -> deserialize::Result<K::Value> {
        K::Value::from_sql(value)
    }

    // A text has a collation. What is none is also not to be read from a list of values that are bound: with Diesel's own
    // connection these have no type but that of a text.
    fn is_exact() -> bool {
        let is_text = matches!(
            Mysql::metadata(&mut ()),
            MysqlType::String | MysqlType::Blob | MysqlType::Enum | MysqlType::Set
        );
        <K::Value as KeyPart>::EXACT || !is_text
    }

    fn bind_key<'b>(value: &'b K::Value, mut out: AstPass<'_, 'b, Mysql>) -> QueryResult<()> {
        out.push_bind_param::<K::NotNull, K::Value>(value)
    }
}
