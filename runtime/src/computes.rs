//! The Rust types of what the database computes, where a field does not say its own.

use diesel::expression::Expression;
use diesel::query_builder::QueryId;
use diesel::sql_types;

/// An expression that is a parameter of a spec.
pub trait Given: Expression + QueryId + Clone + Send + 'static {}

impl<E: Expression + QueryId + Clone + Send + 'static> Given for E {}

/// The same, whose type is not written. Its values are copied for rows that share what is prefetched.
pub trait GivenValue: Given + Computes<Value: Clone + 'static> {}

impl<E: Given + Computes<Value: Clone + 'static>> GivenValue for E {}

/// An expression whose SQL type has one Rust type.
#[diagnostic::on_unimplemented(
    message = "the type of what is computed is not known",
    label = "this can be read as several types",
    note = "write the type: `annotate .. as name: Type`"
)]
pub trait Computes {
    /// The Rust type.
    type Value;
}

#[diagnostic::do_not_recommend]
impl<E: Expression<SqlType: RustType>> Computes for E {
    type Value = <E::SqlType as RustType>::Rust;
}

/// An expression that is read as a `T`.
pub trait ReadAs<T> {
    /// The type.
    type Value;
}

impl<E, T> ReadAs<T> for E {
    type Value = T;
}

/// The type that Diesel reads an SQL type into, where there is one that everybody means.
#[diagnostic::on_unimplemented(
    message = "the type of what is computed is not known",
    label = "`{Self}` can be read as several types",
    note = "write the type: `annotate .. as name: Type`"
)]
pub trait RustType {
    /// The Rust type.
    type Rust;
}

macro_rules! rust_types {
    ($($SqlType:ty => $Rust:ty;)*) => {$(
        impl RustType for $SqlType {
            type Rust = $Rust;
        }

        impl RustType for sql_types::Nullable<$SqlType> {
            type Rust = Option<$Rust>;
        }
    )*};
}

rust_types! {
    sql_types::Bool => bool;
    sql_types::TinyInt => i8;
    sql_types::SmallInt => i16;
    sql_types::Integer => i32;
    sql_types::BigInt => i64;
    sql_types::Float => f32;
    sql_types::Double => f64;
    sql_types::Text => String;
    sql_types::Binary => Vec<u8>;
}

#[cfg(feature = "chrono")]
rust_types! {
    sql_types::Date => chrono::NaiveDate;
    sql_types::Time => chrono::NaiveTime;
    sql_types::Timestamp => chrono::NaiveDateTime;
}

#[cfg(all(feature = "time", not(feature = "chrono")))]
rust_types! {
    sql_types::Date => time::Date;
    sql_types::Time => time::Time;
    sql_types::Timestamp => time::PrimitiveDateTime;
}
