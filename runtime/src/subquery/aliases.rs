//! The types of expressions by the names of their methods, as Diesel's `dsl` has them: what our macros go by.

use diesel::expression::Expression;
use diesel::sql_types::{self, BigInt, Double, Float, Integer, SmallInt};

use super::Exists as ExistsIn;
use super::function::{self, DefaultOf};
use super::methods::{NumberOn, Of, On as OnRows, OrderableOn, RelationOf, Rows, Where};

pub use diesel::dsl::*;
pub use diesel::helper_types::{avg, max, min, sum};

/// `books.count_distinct(e)`.
pub type CountDistinct<T, E> = Of<T, function::CountDistinct<OnRows<T, E>>>;
/// `books.sum(e)`.
pub type Sum<T, E> = Of<T, function::Sum<NumberOn<T, E>>>;
/// `books.avg(e)`.
pub type Avg<T, E> = Of<T, function::Avg<NumberOn<T, E>>>;
/// `books.min(e)`.
pub type Min<T, E> = Of<T, function::Min<OrderableOn<T, E>>>;
/// `books.max(e)`.
pub type Max<T, E> = Of<T, function::Max<OrderableOn<T, E>>>;
/// `books.exists()`.
pub type Exists<T> = ExistsIn<RelationOf<T>, <T as Rows>::Filter>;
/// `books.any(e)`.
pub type Any<T, E> = ExistsIn<RelationOf<T>, Where<T, E>>;
/// `books.none(e)`.
pub type None<T, E> = ExistsIn<RelationOf<T>, Where<T, E>, true>;
/// `books.sum(e).default(v)`.
pub type Default<A, V> = <V as DefaultOf<A>>::WithDefault;

/// The type of an integer that stands beside the expression `E`.
pub type IntOf<E> = <<E as Expression>::SqlType as Integers>::Integer;

/// The type of a number with a point that stands beside the expression `E`.
pub type FloatOf<E> = <<E as Expression>::SqlType as Floats>::Float;

/// A SQL type whose values are written as integers.
#[diagnostic::on_unimplemented(
    message = "an integer is not a value of the SQL type `{Self}`",
    label = "compared with an integer",
    note = "where it is to be converted, write its type: `5_i32`"
)]
pub trait Integers {
    /// The type of the integers.
    type Integer;
}

/// A SQL type whose values are written with a decimal point.
#[diagnostic::on_unimplemented(
    message = "a number with a point is not a value of the SQL type `{Self}`",
    label = "compared with a number with a point",
    note = "where it is to be converted, write its type: `0.5_f64`"
)]
pub trait Floats {
    /// The type of the numbers.
    type Float;
}

macro_rules! literals {
    ($($Trait:ident :: $Type:ident { $($sql:ty => $rust:ty,)* })*) => {$(
        $(
            impl $Trait for $sql {
                type $Type = $rust;
            }
        )*

        impl<ST: $Trait + diesel::sql_types::SqlType> $Trait for sql_types::Nullable<ST> {
            type $Type = ST::$Type;
        }
    )*};
}

literals! {
    Integers::Integer { SmallInt => i16, Integer => i32, BigInt => i64, }
    Floats::Float { Float => f32, Double => f64, }
}
