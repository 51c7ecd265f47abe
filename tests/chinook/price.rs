//! Sums of money, which are exact decimals.

use bigdecimal::BigDecimal;

/// What is read from a column of the type `NUMERIC(10, 2)`, and computed from it.
///
/// SQLite keeps it as a float, which is read as exactly the decimal that it is.
pub(crate) type Price = BigDecimal;

/// A price in a query: `price("0.99")`.
pub(crate) fn price(amount: &str) -> Price {
    amount.parse().expect("an amount is written as a decimal")
}

/// The type of `price(..)`, by which a load spec knows it.
#[expect(non_camel_case_types, reason = "it is found by the name of the function")]
pub(crate) type price<T> = <T as Amount>::Price;

pub(crate) trait Amount {
    type Price;
}

impl Amount for &str {
    type Price = Price;
}
