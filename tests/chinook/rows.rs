//! Rows of plain SQL.

use std::collections::HashMap;
use std::hash::Hash;

use bigdecimal::BigDecimal;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::expression::TypedExpressionType;
use diesel::sql_types::{BigInt, Bool, Date, Integer, Nullable, Numeric, Text, Timestamp};

/// The SQL type that a Rust type is read from, so that a query in SQL is typed by its rows alone.
pub(crate) trait Raw {
    type Sql: TypedExpressionType;
}

macro_rules! raw {
    ($($rust:ty => $sql:ty),*) => {$(
        impl Raw for $rust {
            type Sql = $sql;
        }
        impl Raw for Option<$rust> {
            type Sql = Nullable<$sql>;
        }
    )*};
}

raw!(bool => Bool, i32 => Integer, i64 => BigInt, BigDecimal => Numeric);
raw!(String => Text, NaiveDate => Date, NaiveDateTime => Timestamp);

macro_rules! raw_tuples {
    ($($T:ident)*;) => {};
    ($($T:ident)*; $Next:ident $($Rest:ident)*) => {
        impl<$($T: Raw,)* $Next: Raw> Raw for ($($T,)* $Next,)
        where
            ($($T::Sql,)* $Next::Sql,): TypedExpressionType,
        {
            type Sql = ($($T::Sql,)* $Next::Sql,);
        }
        raw_tuples!($($T)* $Next; $($Rest)*);
    };
}

raw_tuples!(; A B C D E F G H I J K L M N O);

/// Rows by their key, each list in the order of the rows.
pub(crate) fn by_key<K: Eq + Hash, T>(
    rows: impl IntoIterator<Item = (K, T)>,
) -> HashMap<K, Vec<T>> {
    let mut by_key = HashMap::<K, Vec<T>>::new();
    for (key, row) in rows {
        by_key.entry(key).or_default().push(row);
    }
    by_key
}
