//! SQLite.

use std::sync::Arc;

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql};
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::result::Error;
use diesel::serialize::ToSql;
use diesel::sql_types::{Binary, HasSqlType, Text};
use diesel::sqlite::Sqlite;

use super::{
    Bound, Dialect, KeyList, NamedTable, Sql, bind_bigint, bind_str, is_begun_twice, most_binds,
    too_many_of_their_type,
};
use crate::Relation;
use crate::error::BoxedError;
use crate::key::{HasKey, KeyColumns, KeyColumnsFor, KeyForm, KeyPart, KeyValue, SeePart, SqlKey};
use crate::keys::{PARENT, PARENT_COLUMNS};
use crate::through::{WriteColumn, write_row};

const MOST_BINDS: usize = most_binds(Sql::Sqlite);

/// A list of keys: a few values in a statement that never changes; or, where a part of the key can only be bound, one
/// value for each part of each key.
pub enum Keys<C: KeyColumns> {
    Packed(Packed),
    Bound(Bound<C>),
}

impl<C: KeyColumns> KeyList for Keys<C> {
    const CONSTANT: bool = !C::Value::BOUND;
}

impl Dialect for Sqlite {
    const SQL: Option<Sql> = Some(Sql::Sqlite);

    fn sql(&self) -> Sql {
        Sql::Sqlite
    }

    fn write_table<T: NamedTable>(out: AstPass<'_, '_, Sqlite>) -> QueryResult<()> {
        QueryFragment::<Sqlite>::walk_ast(&T::STATIC_COMPONENT, out)
    }

    // A statement outside a transaction takes and gives back the lock each time, and sees what was written since.
    const READ_TRANSACTION: bool = true;

    fn is_in_transaction(error: &Error) -> bool {
        is_begun_twice(error)
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

    type KeyList<C: KeyColumns> = Keys<C>;

    fn key_list<C: KeyColumns>(keys: Arc<Vec<C::Value>>) -> QueryResult<Keys<C>> {
        match C::Value::BOUND {
            true => Bound::new(keys, MOST_BINDS, too_many_of_their_type("SQLite")).map(Keys::Bound),
            false => Ok(Keys::Packed(Packed::new(&keys))),
        }
    }

    fn write_among<'b, C: KeyColumnsFor<Sqlite>>(
        keys: &'b Keys<C>,
        column: WriteColumn<'_, Sqlite>,
        mut out: AstPass<'_, 'b, Sqlite>,
    ) -> QueryResult<()> {
        match keys {
            Keys::Bound(keys) => keys.write_among(column, out),
            Keys::Packed(keys) => {
                write_row(C::NAMES.len(), column, out.reborrow())?;
                out.push_sql(" IN (SELECT ");
                keys.write_columns(C::Value::BYTES, false, &mut out)?;
                keys.write_from(&mut out)?;
                out.push_sql(")");
                Ok(())
            }
        }
    }

    fn write_parents<'b, R: Relation<Key: KeyColumnsFor<Sqlite>>>(
        keys: &'b Keys<R::Key>,
        mut out: AstPass<'_, 'b, Sqlite>,
    ) -> QueryResult<()> {
        match keys {
            Keys::Bound(keys) => keys.write_parents::<R, _>(out),
            Keys::Packed(keys) => {
                type Value<R> = <<R as Relation>::Key as KeyColumns>::Value;
                out.push_sql("(SELECT ");
                keys.write_columns(Value::<R>::BYTES, true, &mut out)?;
                keys.write_from(&mut out)?;
                // A value that is not exact is read from the array with each row of the result. With a limit, SQLite takes
                // it out once.
                out.push_sql(if Value::<R>::EXACT { ") AS " } else { " LIMIT -1) AS " });
                out.push_identifier(PARENT)
            }
        }
    }

    fn bind_number<'b>(number: &'b i64, out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        bind_bigint(number, out)
    }

    fn bind_text<'b>(text: &'b str, out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        bind_str(text, out)
    }
}

impl<K: SqlKey> HasKey<K> for Sqlite
where
    Sqlite: HasSqlType<K::NotNull>,
    K::Value: ToSql<K::NotNull, Sqlite>,
    K::StoredValue: FromSql<K::Stored, Sqlite>,
{
    fn read_key(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<K::Value> {
        narrow::<K>(K::StoredValue::from_sql(value)?)
    }

    fn bind_key<'b>(value: &'b K::Value, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_bind_param::<K::NotNull, K::Value>(value)
    }
}

/// A key from all values that the database may hold in its place.
fn narrow<K: SqlKey>(stored: K::StoredValue) -> deserialize::Result<K::Value> {
    stored.try_into().map_err(|error| {
        let error: BoxedError = error.into();
        format!("a key does not fit the type that `table!` declares for its column: {error}").into()
    })
}

/// A list of keys as one JSON array: of values, or of an array for each key that is composite.
///
/// JSON has no bytes. They are all in one value beside the array, in which a number says where each part of a key
/// begins there and how long it is.
pub struct Packed {
    json: String,
    bytes: Vec<u8>,
}

/// How many bits of that number are the length. SQLite has no value of so many bytes.
const LENGTH_BITS: u32 = 32;

impl Packed {
    fn new<K: KeyValue>(keys: &[K]) -> Self {
        let mut json = String::with_capacity(keys.len() * 8 + 2);
        json.push('[');
        // Of no bytes at all, `substr` makes a NULL.
        let mut list = Self { json, bytes: vec![0] };
        for key in keys {
            if K::BYTES.len() > 1 {
                list.json.push('[');
                key.show(&mut list);
                list.close();
                list.json.push(',');
            } else {
                key.show(&mut list);
            }
        }
        list.close();
        list
    }

    /// Ends an array, whose values each have a comma behind them.
    fn close(&mut self) {
        self.json.pop();
        self.json.push(']');
    }

    /// Writes where the keys come from.
    fn write_from<'b>(&'b self, out: &mut AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql(" FROM json_each(");
        out.push_bind_param::<Text, str>(&self.json)?;
        out.push_sql(")");
        Ok(())
    }

    /// Writes the parts of the key as `json_each` has it in `value`.
    fn write_columns<'b>(
        &'b self,
        are_bytes: &[bool],
        named: bool,
        out: &mut AstPass<'_, 'b, Sqlite>,
    ) -> QueryResult<()> {
        for (part, is_bytes) in are_bytes.iter().enumerate() {
            if part > 0 {
                out.push_sql(", ");
            }
            let value = match are_bytes.len() {
                1 => "value",
                _ => &format!("json_extract(value, '$[{part}]')"),
            };
            if *is_bytes {
                // Each part binds the bytes anew: they are borrowed, not copied.
                out.push_sql("substr(");
                out.push_bind_param::<Binary, [u8]>(&self.bytes)?;
                let mask = (1_u64 << LENGTH_BITS) - 1;
                out.push_sql(&format!(", {value} >> {LENGTH_BITS}, {value} & {mask})"));
            } else {
                if are_bytes.len() == 1 {
                    // The plus makes an expression of it. A bare column of a table function is compared without the
                    // conversions that a join of the same two columns applies.
                    out.push_sql("+");
                }
                out.push_sql(value);
            }
            if named {
                out.push_sql(" AS ");
                out.push_identifier(PARENT_COLUMNS[part])?;
            }
        }
        Ok(())
    }
}

impl SeePart for Packed {
    fn see<P: KeyPart>(&mut self, part: &P) {
        match P::FORM {
            KeyForm::Json(write) => write(part, &mut self.json),
            KeyForm::Bytes(bytes) => {
                let bytes = bytes(part);
                // SQLite counts from one.
                let place = (self.bytes.len() as u64 + 1) << LENGTH_BITS | bytes.len() as u64;
                self.bytes.extend_from_slice(bytes);
                self.json.push_str(&place.to_string());
            }
            KeyForm::Bound => unreachable!("a key with such a part is bound as a whole"),
        }
        self.json.push(',');
    }
}

#[cfg(test)]
mod tests {
    use diesel::debug_query;

    use super::*;
    use crate::key::KeyColumns;

    diesel::table! { sheets (number) { number -> Integer, code -> Text, digest -> Binary, hash -> Binary } }

    /// That the columns of a key are in a list of keys.
    struct Among<C: KeyColumns>(Keys<C>);

    impl<C: KeyColumnsFor<Sqlite>> QueryFragment<Sqlite> for Among<C> {
        fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
            let column = |part: usize, mut out: AstPass<'_, '_, Sqlite>| {
                out.push_sql(C::NAMES[part]);
                Ok(())
            };
            Sqlite::write_among::<C>(&self.0, &column, out)
        }
    }

    #[track_caller]
    fn check<C: KeyColumnsFor<Sqlite>>(keys: &[C::Value], sql: &str, binds: &str) {
        let list = Sqlite::key_list::<C>(Arc::new(keys.to_vec())).expect("few keys");
        let list = Among::<C>(list);
        let expected = format!("{sql} -- binds: {binds}");
        assert_eq!(debug_query::<Sqlite, _>(&list).to_string(), expected);
    }

    /// Where bytes are, as the list has it.
    fn place(at: u64, length: u64) -> u64 {
        at << 32 | length
    }

    #[test]
    fn keys_are_one_json_array() {
        let sql = "number IN (SELECT +value FROM json_each(?))";
        check::<(sheets::number,)>(&[1], sql, r#"["[1]"]"#);
        check::<(sheets::number,)>(&[-1, 20], sql, r#"["[-1,20]"]"#);
        let sql = "code IN (SELECT +value FROM json_each(?))";
        check::<(sheets::code,)>(&["a\"".to_owned()], sql, r#"["[\"a\\\"\"]"]"#);
    }

    #[test]
    fn composite_keys_are_arrays_in_the_array() {
        check::<(sheets::number, sheets::code)>(
            &[(1, "a".to_owned()), (2, String::new())],
            "(number, code) IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?))",
            r#"["[[1,\"a\"],[2,\"\"]]"]"#,
        );
    }

    #[test]
    fn bytes_are_one_value_beside_the_array() {
        check::<(sheets::digest,)>(
            &[vec![], vec![10, 11], vec![12]],
            "digest IN (SELECT substr(?, value >> 32, value & 4294967295) FROM json_each(?))",
            &format!(r#"[[0, 10, 11, 12], "[{},{},{}]"]"#, place(2, 0), place(2, 2), place(4, 1)),
        );
    }

    #[test]
    fn composite_keys_share_the_value_with_their_bytes() {
        check::<(sheets::digest, sheets::number, sheets::hash)>(
            &[(vec![10], 1, vec![11, 12]), (vec![], 2, vec![13])],
            "(digest, number, hash) IN (SELECT substr(?, json_extract(value, '$[0]') >> 32, json_extract(value, '$[0]') & 4294967295), \
             json_extract(value, '$[1]'), \
             substr(?, json_extract(value, '$[2]') >> 32, json_extract(value, '$[2]') & 4294967295) \
             FROM json_each(?))",
            &format!(
                r#"[[0, 10, 11, 12, 13], [0, 10, 11, 12, 13], "[[{},1,{}],[{},2,{}]]"]"#,
                place(2, 1),
                place(3, 2),
                place(5, 0),
                place(5, 1)
            ),
        );
    }
}
