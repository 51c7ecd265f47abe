//! SQLite.

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql};
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::result::Error;
use diesel::sql_types::{BigInt, Binary, Text};
use diesel::sqlite::Sqlite;

use super::{Dialect, KeyList, NamedTable};
use crate::error::BoxedError;
use crate::key::{KeyColumnsFor, KeyForm, KeyPart, KeyValue, ReadsKey, SeePart, SqlKey};
use crate::keys::PARENT_COLUMNS;
use crate::through::WriteColumn;

/// How many values of keys one statement binds: SQLite's limit is 32,766, of which filters may want some.
const MAX_BINDS: usize = 30_000;

/// A list of keys: a few values in a statement that never changes; or, where a part of the key can only be bound, one
/// value for each part of each key.
pub enum Keys<K> {
    Packed(Packed),
    Bound(Vec<K>),
}

impl<K: KeyValue> KeyList for Keys<K> {
    const CONSTANT: bool = !K::BOUND;
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

    fn key_list<K: KeyValue>(keys: &[&K]) -> QueryResult<Keys<K>> {
        if !K::BOUND {
            return Ok(Keys::Packed(Packed::new(keys)));
        }
        let limit = MAX_BINDS / K::BYTES.len();
        if keys.len() > limit {
            return Err(Error::QueryBuilderError(too_many_keys(keys.len(), limit).into()));
        }
        Ok(Keys::Bound(keys.iter().map(|key| (*key).clone()).collect()))
    }

    fn write_keys<'b, C: KeyColumnsFor<Sqlite>>(
        keys: &'b Keys<C::Value>,
        named: bool,
        mut out: AstPass<'_, 'b, Sqlite>,
    ) -> QueryResult<()> {
        match keys {
            Keys::Packed(keys) => {
                out.push_sql("SELECT ");
                keys.write_columns(C::Value::BYTES, named, &mut out)?;
                out.push_sql(" FROM json_each(");
                out.push_bind_param::<Text, str>(&keys.json)?;
                // A value that is not exact is read from the array with each row of the result. With a limit, SQLite takes it
                // out once.
                let once = named && !C::Value::EXACT;
                out.push_sql(if once { ") LIMIT -1" } else { ")" });
                Ok(())
            }
            Keys::Bound(values) => {
                out.unsafe_to_cache_prepared();
                let parts = C::Value::BYTES.len();
                if named {
                    let column =
                        |part: usize| format!("column{} AS \"{}\"", part + 1, PARENT_COLUMNS[part]);
                    let columns: Vec<_> = (0..parts).map(column).collect();
                    out.push_sql(&format!("SELECT {} FROM (", columns.join(", ")));
                }
                write_values::<C>(values, named || parts > 1, &mut out)?;
                if named {
                    out.push_sql(")");
                }
                Ok(())
            }
        }
    }

    const JOIN_IN_ORDER: &'static str = " CROSS JOIN ";

    fn write_rows_of_each<'b>(
        are_bytes: &[bool],
        rows: impl FnOnce(AstPass<'_, 'b, Sqlite>) -> QueryResult<()>,
        table: impl FnOnce(AstPass<'_, '_, Sqlite>) -> QueryResult<()>,
        column: WriteColumn<'_, Sqlite>,
        mut out: AstPass<'_, 'b, Sqlite>,
    ) -> QueryResult<()> {
        // Of all that can stand in a `FROM` clause, only the arguments of a table function see what stands before it. A
        // `CROSS JOIN` is never turned around by SQLite, so the rows come in the order of the loops, whatever it knows of
        // the tables: an `IN` with the same subquery is run once for each row of a table that it decides to scan.
        let composite = are_bytes.len() > 1;
        out.push_sql(" CROSS JOIN json_each((SELECT json_group_array(");
        out.push_sql(if composite { "json_array(" } else { "" });
        for (part, is_bytes) in are_bytes.iter().enumerate() {
            out.push_sql(if part > 0 { ", " } else { "" });
            out.push_sql(if *is_bytes { "hex(" } else { "" });
            out.push_identifier(PARENT_COLUMNS[part])?;
            out.push_sql(if *is_bytes { ")" } else { "" });
        }
        out.push_sql(if composite { ")) FROM (" } else { ") FROM (" });
        rows(out.reborrow())?;
        out.push_sql("))) AS ");
        out.push_identifier(ROWS)?;
        out.push_sql(" CROSS JOIN ");
        table(out.reborrow())?;
        out.push_sql(" ON ");
        for (part, is_bytes) in are_bytes.iter().enumerate() {
            out.push_sql(if part > 0 { " AND " } else { "" });
            column(part, out.reborrow())?;
            out.push_sql(if *is_bytes { " = unhex(" } else { " = " });
            out.push_sql(if composite { "json_extract(" } else { "" });
            out.push_identifier(ROWS)?;
            out.push_sql(".value");
            out.push_sql(&if composite { format!(", '$[{part}]')") } else { String::new() });
            out.push_sql(if *is_bytes { ")" } else { "" });
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

/// Writes keys that are bound one by one: a list of values, or of rows.
fn write_values<'b, C: KeyColumnsFor<Sqlite>>(
    values: &'b [C::Value],
    rows: bool,
    out: &mut AstPass<'_, 'b, Sqlite>,
) -> QueryResult<()> {
    if rows {
        out.push_sql("VALUES ");
    }
    for (i, value) in values.iter().enumerate() {
        if i > 0 {
            out.push_sql(", ");
        }
        if rows {
            out.push_sql("(");
        }
        C::bind(value, out.reborrow())?;
        if rows {
            out.push_sql(")");
        }
    }
    Ok(())
}

#[cold]
fn too_many_keys(keys: usize, limit: usize) -> String {
    format!(
        "a prefetch has {keys} keys of a type whose values are bound one by one, of which one query on SQLite takes \
         {limit}: give the type a `KeyPart::FORM` that is `KeyForm::Json` or `KeyForm::Bytes`, which have no limit"
    )
}

/// A list of keys as one JSON array: of values, or of an array for each key that is composite.
///
/// JSON has no bytes. They are all in one value beside the array, in which a number says where each part of a key
/// begins there and how long it is.
pub struct Packed {
    json: String,
    bytes: Vec<u8>,
}

/// The alias of the rows of one parent. No relation and no table has this name.
const ROWS: &str = "~rows";

/// How many bits of that number are the length. SQLite has no value of so many bytes.
const LENGTH_BITS: u32 = 32;

impl Packed {
    fn new<K: KeyValue>(keys: &[&K]) -> Self {
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

    /// A list of keys in SQL.
    struct In<C: KeyColumns>(Keys<C::Value>);

    impl<C: KeyColumnsFor<Sqlite>> QueryFragment<Sqlite> for In<C> {
        fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
            Sqlite::write_keys::<C>(&self.0, false, out)
        }
    }

    #[track_caller]
    fn check<C: KeyColumnsFor<Sqlite>>(keys: &[C::Value], sql: &str, binds: &str) {
        let list = Sqlite::key_list(&keys.iter().collect::<Vec<_>>()).expect("few keys");
        let list = In::<C>(list);
        let expected = format!("{sql} -- binds: {binds}");
        assert_eq!(debug_query::<Sqlite, _>(&list).to_string(), expected);
    }

    /// Where bytes are, as the list has it.
    fn place(at: u64, length: u64) -> u64 {
        at << 32 | length
    }

    #[test]
    fn keys_are_one_json_array() {
        let sql = "SELECT +value FROM json_each(?)";
        check::<(sheets::number,)>(&[1], sql, r#"["[1]"]"#);
        check::<(sheets::number,)>(&[-1, 20], sql, r#"["[-1,20]"]"#);
        check::<(sheets::code,)>(&["a\"".to_owned()], sql, r#"["[\"a\\\"\"]"]"#);
    }

    #[test]
    fn composite_keys_are_arrays_in_the_array() {
        check::<(sheets::number, sheets::code)>(
            &[(1, "a".to_owned()), (2, String::new())],
            "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)",
            r#"["[[1,\"a\"],[2,\"\"]]"]"#,
        );
    }

    #[test]
    fn bytes_are_one_value_beside_the_array() {
        check::<(sheets::digest,)>(
            &[vec![], vec![10, 11], vec![12]],
            "SELECT substr(?, value >> 32, value & 4294967295) FROM json_each(?)",
            &format!(r#"[[0, 10, 11, 12], "[{},{},{}]"]"#, place(2, 0), place(2, 2), place(4, 1)),
        );
    }

    #[test]
    fn composite_keys_share_the_value_with_their_bytes() {
        check::<(sheets::digest, sheets::number, sheets::hash)>(
            &[(vec![10], 1, vec![11, 12]), (vec![], 2, vec![13])],
            "SELECT substr(?, json_extract(value, '$[0]') >> 32, json_extract(value, '$[0]') & 4294967295), \
             json_extract(value, '$[1]'), \
             substr(?, json_extract(value, '$[2]') >> 32, json_extract(value, '$[2]') & 4294967295) \
             FROM json_each(?)",
            &format!(
                r#"[[0, 10, 11, 12, 13], [0, 10, 11, 12, 13], "[[{},1,{}],[{},2,{}]]"]"#,
                place(2, 1),
                place(3, 2),
                place(5, 0),
                place(5, 1)
            ),
        );
    }

    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
    struct Custom(i32);

    impl KeyPart for Custom {}

    #[test]
    fn a_list_that_is_bound_has_a_limit() {
        let keys = vec![Custom(1); MAX_BINDS + 1];
        let keys: Vec<_> = keys.iter().collect();
        assert!(Sqlite::key_list(&keys[1..]).is_ok());
        let error = Sqlite::key_list(&keys).err().expect("one key more than the limit");
        let text = error.to_string();
        assert!(matches!(error, Error::QueryBuilderError(_)), "{text}");
        assert!(text.contains("30001 keys") && text.contains("takes 30000"), "{text}");
        assert!(text.contains("`KeyForm::Json`"), "{text}");
    }

    #[test]
    fn each_part_of_a_composite_key_counts_for_the_limit() {
        let keys = vec![(1, Custom(1)); MAX_BINDS / 2 + 1];
        let keys: Vec<_> = keys.iter().collect();
        assert!(Sqlite::key_list(&keys[1..]).is_ok());
        assert!(Sqlite::key_list(&keys).is_err());
    }
}
