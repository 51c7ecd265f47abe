//! Keys: the columns on both sides of a relation, and the values that are compared.
//!
//! Rows find each other by the value that the database holds, not by the Rust type that a model reads it into:
//! every SQL type that can be a key has one Rust type here, so newtypes, renamed columns and through tables
//! without a model need nothing special.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use diesel::backend::Backend;
use diesel::deserialize;
use diesel::query_builder::AstPass;
use diesel::row::{Field as _, Row};
#[cfg(feature = "mysql")]
use diesel::sql_types::Unsigned;
use diesel::sql_types::{BigInt, Binary, Bool, Integer, Nullable, SmallInt, SqlType, Text};
use diesel::{Column, Expression, QueryResult};

use crate::error::BoxedError;

/// A SQL type whose values can be the key of a relation.
///
/// Implement it for a SQL type of your own to use its columns as keys; [`KeyPart`] is for the values.
///
/// ```
/// use upfront::{KeyPart, SqlKey};
///
/// #[derive(diesel::sql_types::SqlType)]
/// struct Isbn;
///
/// #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
/// struct IsbnValue(u64);
///
/// impl SqlKey for Isbn {
///     type NotNull = Isbn;
///     type Value = IsbnValue;
///     type Stored = Isbn;
///     type StoredValue = IsbnValue;
/// }
///
/// impl KeyPart for IsbnValue {}
///
/// assert!(<diesel::sql_types::Nullable<Isbn> as SqlKey>::NULLABLE);
/// ```
///
/// To be loaded, the value must also be `FromSql` and `ToSql` for its SQL type on the backend.
#[diagnostic::on_unimplemented(
    message = "a column of the SQL type `{Self}` cannot be the key of a relation",
    label = "not a type of key",
    note = "keys are integers, `Bool`, `Text` and `Binary`, dates and times with the feature `chrono` or `time` of `upfront`, `Uuid` with `uuid`, and the `Nullable` forms of all"
)]
pub trait SqlKey: SqlType {
    /// The SQL type without `Nullable`.
    type NotNull: SqlType;
    /// The Rust type that values of this key are compared as.
    type Value: KeyPart;
    /// The SQL type of all values that a column of this type can hold. It is another one where a database does not
    /// mind the type that was declared: an `INTEGER` of SQLite has 64 bits, and a key that was cut down to 32 would
    /// find another row's children.
    type Stored: SqlType;
    /// The Rust type of those values. One that is no [`Value`](SqlKey::Value) ends the load with an error.
    type StoredValue: TryInto<Self::Value, Error: Into<BoxedError>>;
    /// Whether the key can be `NULL`.
    const NULLABLE: bool = false;
    /// Whether the values are texts, which databases may compare otherwise than byte by byte.
    #[doc(hidden)]
    const TEXT: bool = false;
}

/// A Rust value that is one column of a key. See [`SqlKey`].
///
/// Two values are one key where `Eq` says so. `Debug` is for errors, which name the key where they know it.
///
/// ```
/// use upfront::{KeyForm, KeyPart};
///
/// #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
/// struct IsbnValue(u64);
///
/// impl KeyPart for IsbnValue {
///     const FORM: KeyForm<Self> = KeyForm::Json(|isbn, out| out.push_str(&isbn.0.to_string()));
/// }
///
/// let KeyForm::Json(write) = IsbnValue::FORM else { unreachable!() };
/// let mut json = String::new();
/// write(&IsbnValue(9780141439587), &mut json);
/// assert_eq!(json, "9780141439587");
/// ```
pub trait KeyPart: Clone + Ord + fmt::Debug + Send + Sync + 'static {
    /// How the value is sent to the database.
    const FORM: KeyForm<Self> = KeyForm::Bound;
    /// Whether every database holds equal what is equal in Rust, and nothing else: not so of texts, which have collations.
    /// Then children are found by the list of keys, which is faster. Otherwise each child is asked which of the keys is
    /// the one of its parent; so `false` is never wrong.
    const EXACT: bool = false;
    /// Whether it is a string in JSON.
    #[doc(hidden)]
    const STRING: bool = false;
}

/// How the values `T` of a key are sent to the database by a prefetch.
///
/// As JSON and as bytes, any number of keys is one value, and the SQL is the same for any number. The database must
/// compare what it is sent with the column as it compares a bound `T`.
///
/// ```
/// use upfront::{KeyForm, KeyPart};
///
/// #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
/// struct Digest([u8; 32]);
///
/// impl KeyPart for Digest {
///     const FORM: KeyForm<Self> = KeyForm::Bytes(|digest| &digest.0);
/// }
///
/// let KeyForm::Bytes(bytes) = Digest::FORM else { unreachable!() };
/// assert_eq!(bytes(&Digest([7; 32])), [7; 32]);
/// ```
#[non_exhaustive]
pub enum KeyForm<T> {
    /// As one JSON value, a number or a string or a boolean, which is written to the end of the text.
    Json(fn(&T, &mut String)),
    /// As bytes, for a column that holds them.
    Bytes(fn(&T) -> &[u8]),
    /// Bound to the query by itself, as any value in Diesel. A load with more keys than the backend binds in one
    /// query, which are 30,000 on SQLite and 60,000 on MySQL and MariaDB, ends with
    /// [`diesel::result::Error::QueryBuilderError`]. PostgreSQL is given one array, in whatever form.
    Bound,
}

impl<T> KeyForm<T> {
    const fn is_bytes(&self) -> bool {
        matches!(self, KeyForm::Bytes(_))
    }

    const fn is_bound(&self) -> bool {
        matches!(self, KeyForm::Bound)
    }
}

macro_rules! key_types {
    ($($sql:ty => $rust:ty, stored as $stored:ty => $stored_rust:ty $(, text $text:literal)?;)*) => {$(
        impl SqlKey for $sql {
            type NotNull = $sql;
            type Value = $rust;
            type Stored = $stored;
            type StoredValue = $stored_rust;
            $(const TEXT: bool = $text;)?
        }
    )*};
}

key_types! {
    SmallInt => i16, stored as BigInt => i64;
    Integer => i32, stored as BigInt => i64;
    BigInt => i64, stored as BigInt => i64;
    Bool => bool, stored as Bool => bool;
    Text => String, stored as Text => String, text true;
    Binary => Vec<u8>, stored as Binary => Vec<u8>;
}

#[cfg(feature = "mysql")]
key_types! {
    diesel::sql_types::TinyInt => i8, stored as diesel::sql_types::TinyInt => i8;
    Unsigned<diesel::sql_types::TinyInt> => u8, stored as Unsigned<diesel::sql_types::TinyInt> => u8;
    Unsigned<SmallInt> => u16, stored as Unsigned<SmallInt> => u16;
    Unsigned<Integer> => u32, stored as Unsigned<Integer> => u32;
    Unsigned<BigInt> => u64, stored as Unsigned<BigInt> => u64;
}

#[cfg(all(feature = "postgres", feature = "uuid"))]
key_types! {
    diesel::sql_types::Uuid => uuid::Uuid, stored as diesel::sql_types::Uuid => uuid::Uuid;
}

impl<T: SqlKey> SqlKey for Nullable<T>
where
    Nullable<T>: SqlType,
{
    type NotNull = T::NotNull;
    type Value = T::Value;
    type Stored = T::Stored;
    type StoredValue = T::StoredValue;
    const NULLABLE: bool = true;
    const TEXT: bool = T::TEXT;
}

macro_rules! displayed_as_json {
    ($($rust:ty),*) => {$(
        impl KeyPart for $rust {
            const FORM: KeyForm<Self> = KeyForm::Json(|value, out| {
                // Writing to a `String` cannot fail.
                let _ = write!(out, "{value}");
            });
            const EXACT: bool = true;
        }
    )*};
}

displayed_as_json!(i8, i16, i32, i64, u8, u16, u32, u64, bool);

#[cfg(feature = "uuid")]
impl KeyPart for uuid::Uuid {
    const FORM: KeyForm<Self> = KeyForm::Bytes(|uuid| uuid.as_bytes());
    const EXACT: bool = true;
}

impl KeyPart for String {
    const FORM: KeyForm<Self> = KeyForm::Json(|text, out| {
        out.push_str(&serde_json::Value::from(text.as_str()).to_string());
    });
    const STRING: bool = true;
}

impl KeyPart for Vec<u8> {
    const FORM: KeyForm<Self> = KeyForm::Bytes(Vec::as_slice);
    const EXACT: bool = true;
}

/// The value of a whole key: one part, or a tuple of them where the key is composite.
pub trait KeyValue: Clone + Ord + Send + Sync + 'static {
    /// Which of its parts are sent as bytes.
    const BYTES: &'static [bool];
    /// Which of them are strings in JSON.
    const STRINGS: &'static [bool];
    /// Whether one of its parts can only be bound.
    const BOUND: bool;
    /// Whether the database holds equal what is equal in Rust, and nothing else.
    const EXACT: bool;

    /// Shows the parts, one after the other.
    fn show(&self, to: &mut impl SeePart);
}

/// What is shown the parts of a key.
pub trait SeePart {
    /// Sees the next part.
    fn see<P: KeyPart>(&mut self, part: &P);
}

/// A key as errors name it: `1000`, `"CH"`, `(1, "x")`, `x'0a0b'`.
pub(crate) fn key_text<K: KeyValue>(key: &K) -> String {
    let mut parts = Vec::with_capacity(K::BYTES.len());
    key.show(&mut Texts(&mut parts));
    match &parts[..] {
        [part] => part.clone(),
        _ => format!("({})", parts.join(", ")),
    }
}

struct Texts<'a>(&'a mut Vec<String>);

impl SeePart for Texts<'_> {
    fn see<P: KeyPart>(&mut self, part: &P) {
        self.0.push(match P::FORM {
            KeyForm::Json(write) => {
                let mut text = String::new();
                write(part, &mut text);
                text
            }
            KeyForm::Bytes(bytes) => {
                let mut text = "x'".to_owned();
                for byte in bytes(part) {
                    let _ = write!(text, "{byte:02x}");
                }
                text + "'"
            }
            KeyForm::Bound => format!("{part:?}"),
        });
    }
}

/// The most columns that a key can have.
pub(crate) const MAX_KEY_COLUMNS: usize = 4;

/// The columns of a key: a tuple of one to four columns of one table.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a key",
    label = "not a key",
    note = "a key is one to four columns of a type that can be compared"
)]
pub trait KeyColumns: 'static {
    /// What a row's key is read as.
    type Value: KeyValue;
    /// The names of the columns in SQL.
    const NAMES: &'static [&'static str];
    /// Whether one of the columns can be `NULL`.
    const NULLABLE: bool;
    /// Which of them are texts.
    const TEXT: &'static [bool];
    /// Of which of them every database holds equal what is equal in Rust, and nothing else.
    const EXACT: &'static [bool];
    /// The values of each column in a list of its own.
    type Lists: Send + 'static;

    /// The values of each column in a list of its own.
    fn lists(keys: Arc<Vec<Self::Value>>) -> Self::Lists;
}

/// A backend that has keys of the SQL type `K`.
pub trait HasKey<K: SqlKey>: Backend {
    /// Reads a key that is not `NULL`.
    fn read_key(value: Self::RawValue<'_>) -> deserialize::Result<K::Value>;

    /// Whether this backend holds equal what is equal in Rust, and nothing else.
    fn is_exact() -> bool {
        <K::Value as KeyPart>::EXACT
    }

    /// Binds a key.
    fn bind_key<'b>(value: &'b K::Value, out: AstPass<'_, 'b, Self>) -> QueryResult<()>;

    /// Binds a list of keys: as one value where the backend has arrays.
    fn bind_list<'b>(values: &'b [K::Value], mut out: AstPass<'_, 'b, Self>) -> QueryResult<()> {
        for (i, value) in values.iter().enumerate() {
            out.push_sql(if i > 0 { ", " } else { "" });
            Self::bind_key(value, out.reborrow())?;
        }
        Ok(())
    }
}

/// A key that the backend `DB` can read from a row and bind to a query.
pub trait KeyColumnsFor<DB: Backend>: KeyColumns {
    /// Reads the key from a row, whose value number `place(i)` is the key's column number `i`; `None` where one of
    /// them is `NULL`.
    fn read<'a>(
        row: &impl Row<'a, DB>,
        place: impl Fn(usize) -> usize,
    ) -> deserialize::Result<Option<Self::Value>>;

    /// Whether the backend holds equal what is equal in Rust, and nothing else, of a part of the key.
    fn is_exact(part: usize) -> bool;

    /// Binds a part of the key.
    fn bind_part<'b>(
        value: &'b Self::Value,
        part: usize,
        out: AstPass<'_, 'b, DB>,
    ) -> QueryResult<()>;

    /// Binds all parts of the key, with commas between them.
    fn bind<'b>(value: &'b Self::Value, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        for part in 0..Self::NAMES.len() {
            out.push_sql(if part > 0 { ", " } else { "" });
            Self::bind_part(value, part, out.reborrow())?;
        }
        Ok(())
    }

    /// Binds the list of one column's values.
    fn bind_list<'b>(
        lists: &'b Self::Lists,
        part: usize,
        out: AstPass<'_, 'b, DB>,
    ) -> QueryResult<()>;
}

fn read_part<'a, K, DB>(row: &impl Row<'a, DB>, at: usize) -> deserialize::Result<Option<K::Value>>
where
    K: SqlKey,
    DB: HasKey<K>,
{
    let field = row.get(at).ok_or(diesel::result::UnexpectedEndOfRow)?;
    field.value().map(DB::read_key).transpose()
}

/// The SQL type of a key column, without `Nullable`.
pub(crate) type NotNull<C> = <<C as Expression>::SqlType as SqlKey>::NotNull;
/// The Rust type that a key column is compared as.
type Part<C> = <<C as Expression>::SqlType as SqlKey>::Value;

impl<C> KeyColumns for (C,)
where
    C: Column + 'static,
    C::SqlType: SqlKey,
{
    type Value = Part<C>;
    const NAMES: &'static [&'static str] = &[C::NAME];
    const NULLABLE: bool = <C::SqlType as SqlKey>::NULLABLE;
    const TEXT: &'static [bool] = &[<C::SqlType as SqlKey>::TEXT];
    const EXACT: &'static [bool] = &[<Part<C> as KeyPart>::EXACT];
    type Lists = Arc<Vec<Part<C>>>;

    fn lists(keys: Arc<Vec<Part<C>>>) -> Self::Lists {
        keys
    }
}

impl<T: KeyPart> KeyValue for T {
    const BYTES: &'static [bool] = &[T::FORM.is_bytes()];
    const STRINGS: &'static [bool] = &[T::STRING];
    const BOUND: bool = T::FORM.is_bound();
    const EXACT: bool = <T as KeyPart>::EXACT;

    fn show(&self, to: &mut impl SeePart) {
        to.see(self);
    }
}

impl<C, DB> KeyColumnsFor<DB> for (C,)
where
    C: Column + 'static,
    C::SqlType: SqlKey,
    DB: HasKey<C::SqlType>,
{
    fn read<'a>(
        row: &impl Row<'a, DB>,
        place: impl Fn(usize) -> usize,
    ) -> deserialize::Result<Option<Self::Value>> {
        read_part::<C::SqlType, DB>(row, place(0))
    }

    fn is_exact(_: usize) -> bool {
        DB::is_exact()
    }

    fn bind_part<'b>(
        value: &'b Self::Value,
        _: usize,
        out: AstPass<'_, 'b, DB>,
    ) -> QueryResult<()> {
        DB::bind_key(value, out)
    }

    fn bind_list<'b>(
        lists: &'b Self::Lists,
        _: usize,
        out: AstPass<'_, 'b, DB>,
    ) -> QueryResult<()> {
        DB::bind_list(lists, out)
    }
}

macro_rules! composite_keys {
    ($(($($C:ident / $V:ident / $i:tt),+);)*) => {$(
        impl<$($V: KeyPart),+> KeyValue for ($($V,)+) {
            const BYTES: &'static [bool] = &[$($V::FORM.is_bytes()),+];
            const STRINGS: &'static [bool] = &[$($V::STRING),+];
            const BOUND: bool = false $(|| $V::FORM.is_bound())+;
            const EXACT: bool = true $(&& <$V as KeyPart>::EXACT)+;

            fn show(&self, to: &mut impl SeePart) {
                $(to.see(&self.$i);)+
            }
        }

        impl<$($C),+> KeyColumns for ($($C,)+)
        where
            $($C: Column + 'static, $C::SqlType: SqlKey,)+
        {
            type Value = ($(Part<$C>,)+);
            const NAMES: &'static [&'static str] = &[$($C::NAME),+];
            const NULLABLE: bool = false $(|| <$C::SqlType as SqlKey>::NULLABLE)+;
            const TEXT: &'static [bool] = &[$(<$C::SqlType as SqlKey>::TEXT),+];
            const EXACT: &'static [bool] = &[$(<Part<$C> as KeyPart>::EXACT),+];
            type Lists = ($(Vec<Part<$C>>,)+);

            fn lists(keys: Arc<Vec<Self::Value>>) -> Self::Lists {
                ($(keys.iter().map(|key| key.$i.clone()).collect(),)+)
            }
        }

        impl<$($C,)+ DB> KeyColumnsFor<DB> for ($($C,)+)
        where
            $(
                $C: Column + 'static,
                $C::SqlType: SqlKey,
                DB: HasKey<$C::SqlType>,
            )+
            DB: Backend,
        {
            fn read<'a>(
                row: &impl Row<'a, DB>,
                place: impl Fn(usize) -> usize,
            ) -> deserialize::Result<Option<Self::Value>> {
                Ok(Some(($(
                    match read_part::<$C::SqlType, DB>(row, place($i))? {
                        Some(part) => part,
                        None => return Ok(None),
                    },
                )+)))
            }

            fn is_exact(part: usize) -> bool {
                [$(<DB as HasKey<$C::SqlType>>::is_exact()),+][part]
            }

            fn bind_part<'b>(
                value: &'b Self::Value,
                part: usize,
                out: AstPass<'_, 'b, DB>,
            ) -> QueryResult<()> {
                match part {
                    $($i => <DB as HasKey<$C::SqlType>>::bind_key(&value.$i, out),)+
                    _ => unreachable!("a key has no more parts than columns"),
                }
            }

            fn bind_list<'b>(
                lists: &'b Self::Lists,
                part: usize,
                out: AstPass<'_, 'b, DB>,
            ) -> QueryResult<()> {
                match part {
                    $($i => <DB as HasKey<$C::SqlType>>::bind_list(&lists.$i, out),)+
                    _ => unreachable!("a key has no more parts than columns"),
                }
            }
        }
    )*};
}

composite_keys! {
    (A / VA / 0, B / VB / 1);
    (A / VA / 0, B / VB / 1, C / VC / 2);
    (A / VA / 0, B / VB / 1, C / VC / 2, D / VD / 3);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(key: impl KeyValue, text: &str) {
        assert_eq!(key_text(&key), text);
    }

    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
    struct Custom(u8);

    impl KeyPart for Custom {}

    #[test]
    fn keys_are_named_as_their_types_are_written() {
        check(1000, "1000");
        check(-1_i64, "-1");
        check(true, "true");
        check("C\"H".to_owned(), r#""C\"H""#);
        check(vec![0x0a_u8, 0xff], "x'0aff'");
        check(Vec::<u8>::new(), "x''");
        check(Custom(7), "Custom(7)");
        check((1, "x".to_owned()), r#"(1, "x")"#);
        check((1_i16, vec![1_u8], Custom(7), false), "(1, x'01', Custom(7), false)");
    }
}
