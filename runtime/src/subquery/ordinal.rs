//! What `min` and `max` are of.

use diesel::sql_types::{self, IntoNullable, SqlType, is_nullable};

/// A SQL type whose values the database can order: what [`min`](crate::RelationDsl::min) and
/// [`max`](crate::RelationDsl::max) are of.
///
/// Diesel's own types that have an order are, and `Numeric`, which its `SqlOrd` leaves out. Implement it for a type of your
/// own:
///
/// ```
/// #[derive(diesel::sql_types::SqlType)]
/// struct Version;
///
/// impl upfront::Ordinal for Version {}
///
/// fn ordered<ST: upfront::Ordinal>() {}
/// ordered::<Version>();
/// ordered::<diesel::sql_types::Nullable<diesel::sql_types::Numeric>>();
/// ```
pub trait Ordinal: SqlType + IntoNullable {}

macro_rules! ordinal {
    ($($(#[$cfg:meta])? $sql:ty;)*) => {$(
        $(#[$cfg])?
        impl Ordinal for $sql {}
    )*};
}

ordinal! {
    sql_types::SmallInt;
    sql_types::Integer;
    sql_types::BigInt;
    sql_types::Float;
    sql_types::Double;
    sql_types::Numeric;
    sql_types::Text;
    sql_types::Date;
    sql_types::Interval;
    sql_types::Time;
    sql_types::Timestamp;
    #[cfg(feature = "sqlite")]
    sql_types::TimestamptzSqlite;
    #[cfg(feature = "postgres")]
    sql_types::Timestamptz;
    #[cfg(feature = "postgres")]
    sql_types::Citext;
    #[cfg(feature = "mysql")]
    sql_types::Datetime;
    #[cfg(feature = "mysql")]
    sql_types::TinyInt;
}

#[cfg(feature = "mysql")]
impl<ST> Ordinal for sql_types::Unsigned<ST> where
    Self: SqlType<IsNull = is_nullable::NotNull> + IntoNullable
{
}

#[cfg(feature = "postgres")]
impl<ST: Ordinal> Ordinal for sql_types::Array<ST> where Self: IntoNullable {}

impl<ST: Ordinal + SqlType<IsNull = is_nullable::NotNull>> Ordinal for sql_types::Nullable<ST> where
    Self: IntoNullable
{
}
