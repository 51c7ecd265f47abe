//! SQLite.

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql};
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::result::Error;
use diesel::sql_types::{BigInt, Text};
use diesel::sqlite::Sqlite;

use super::{Dialect, KeyList, NamedTable};
use crate::error::BoxedError;
use crate::key::{KeyColumnsFor, KeyValue, ReadsKey, SqlKey};

/// How many values of keys one statement binds: SQLite's limit is 32,766, of which filters may want some.
const MAX_BINDS: usize = 30_000;

/// Keys as one JSON array, which is one bind in a statement that never changes; or, where JSON cannot hold them, one
/// bind each.
pub enum Keys<K> {
    Json(String),
    Values(Vec<K>),
}

impl<K: KeyValue> KeyList for Keys<K> {
    const CONSTANT: bool = K::JSON;
}

impl Dialect for Sqlite {
    fn write_table<T: NamedTable>(out: AstPass<'_, '_, Sqlite>) -> QueryResult<()> {
        T::STATIC_COMPONENT.walk_ast(out)
    }

    // A statement outside a transaction takes and gives back the lock each time, and sees what was written since.
    const READ_TRANSACTION: bool = true;

    fn is_in_transaction(error: &Error) -> bool {
        // SQLite has no code of its own for this error.
        let text = "cannot start a transaction within a transaction";
        matches!(error, Error::DatabaseError(_, information) if information.message() == text)
    }

    type KeyList<K: KeyValue> = Keys<K>;

    fn key_lists<K: KeyValue>(keys: &[&K]) -> Vec<Keys<K>> {
        if keys.is_empty() {
            return Vec::new();
        }
        if K::JSON {
            return vec![Keys::Json(json_array(keys))];
        }
        keys.chunks(MAX_BINDS / K::PARTS)
            .map(|keys| Keys::Values(keys.iter().map(|key| (*key).clone()).collect()))
            .collect()
    }

    fn write_in<'b, C: KeyColumnsFor<Sqlite>>(
        keys: &'b Keys<C::Value>,
        mut out: AstPass<'_, 'b, Sqlite>,
    ) -> QueryResult<()> {
        match keys {
            Keys::Json(json) => {
                out.push_sql(" IN (SELECT ");
                write_json_columns(C::Value::PARTS, &mut out);
                out.push_sql(" FROM json_each(");
                out.push_bind_param::<Text, str>(json)?;
                out.push_sql("))");
            }
            Keys::Values(values) => {
                out.unsafe_to_cache_prepared();
                let composite = C::Value::PARTS > 1;
                out.push_sql(if composite { " IN (VALUES " } else { " IN (" });
                for (i, value) in values.iter().enumerate() {
                    if i > 0 {
                        out.push_sql(", ");
                    }
                    if composite {
                        out.push_sql("(");
                    }
                    C::bind(value, out.reborrow())?;
                    if composite {
                        out.push_sql(")");
                    }
                }
                out.push_sql(")");
            }
        }
        Ok(())
    }

    fn write_limit<'b>(
        limit: Option<&'b i64>,
        offset: Option<&'b i64>,
        mut out: AstPass<'_, 'b, Sqlite>,
    ) -> QueryResult<()> {
        // SQLite plans a statement again whenever a bare `LIMIT ?` is bound to another value. It does not look into
        // an expression.
        match limit {
            Some(limit) => {
                out.push_sql(" LIMIT (");
                out.push_bind_param::<BigInt, i64>(limit)?;
                out.push_sql(" + 0)");
            }
            None if offset.is_some() => out.push_sql(" LIMIT -1"),
            None => {}
        }
        if let Some(offset) = offset {
            out.push_sql(" OFFSET (");
            out.push_bind_param::<BigInt, i64>(offset)?;
            out.push_sql(" + 0)");
        }
        Ok(())
    }
}

impl<K: SqlKey> ReadsKey<K> for Sqlite
where
    K::StoredValue: FromSql<K::Stored, Sqlite>,
{
    fn read_key(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<K::Value> {
        narrow::<K>(K::StoredValue::from_sql(value)?)
    }
}

/// A key from all values that the database may hold in its place.
fn narrow<K: SqlKey>(stored: K::StoredValue) -> deserialize::Result<K::Value> {
    stored.try_into().map_err(|error| {
        let error: BoxedError = error.into();
        format!("a key does not fit the type that `table!` declares for its column: {error}").into()
    })
}

fn json_array<K: KeyValue>(keys: &[&K]) -> String {
    let mut json = String::with_capacity(keys.len() * 8 + 2);
    json.push('[');
    for (i, key) in keys.iter().enumerate() {
        if i > 0 {
            json.push(',');
        }
        key.write_json(&mut json);
    }
    json.push(']');
    json
}

fn write_json_columns(parts: usize, out: &mut AstPass<'_, '_, Sqlite>) {
    if parts == 1 {
        // The plus makes an expression of it. A bare column of a table function is compared without the conversions
        // that a join of the same two columns applies.
        return out.push_sql("+value");
    }
    for part in 0..parts {
        if part > 0 {
            out.push_sql(", ");
        }
        out.push_sql(&format!("json_extract(value, '$[{part}]')"));
    }
}
