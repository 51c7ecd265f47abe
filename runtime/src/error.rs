//! The errors that a load can end with besides Diesel's own.

use std::error::Error;
use std::fmt;

/// A to-one relation that the spec holds as a plain `T` led to no row: the key dangles.
///
/// It comes inside [`diesel::result::Error::DeserializationError`]. Where such rows are to be expected, declare the
/// field as `Option<T>`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MissingRow {
    /// The spec that has the field.
    pub spec: &'static str,
    /// The relation that led nowhere.
    pub relation: &'static str,
    /// The table in which no row was found.
    pub table: &'static str,
}

impl fmt::Display for MissingRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { spec, relation, table } = self;
        write!(
            f,
            "`{spec}` holds a row of the relation `{relation}` as a plain value, but `{table}` has no such row: \
             declare the field as an `Option`"
        )
    }
}

impl Error for MissingRow {}

/// A relation that leads to one row at the most led to several: its key is not unique.
///
/// It comes inside [`diesel::result::Error::DeserializationError`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TooManyRows {
    /// The spec that has the field.
    pub spec: &'static str,
    /// The relation that found several rows.
    pub relation: &'static str,
    /// The table in which they were found.
    pub table: &'static str,
}

impl fmt::Display for TooManyRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { spec, relation, table } = self;
        write!(
            f,
            "`{spec}` holds one row of the relation `{relation}`, but `{table}` has several for one key: \
             declare the relation as `has_many`, or make its key unique"
        )
    }
}

impl Error for TooManyRows {}

/// Several rows share the rows of a relation, and the spec that holds them cannot be cloned.
///
/// The compiler sees where that is to be expected and asks for `Clone` there. What is left are relations that refer
/// to a column that was declared as unique and is not. It comes inside
/// [`diesel::result::Error::DeserializationError`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SharedRows {
    /// The spec that has the field.
    pub spec: &'static str,
    /// The relation whose rows are shared.
    pub relation: &'static str,
}

impl fmt::Display for SharedRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { spec, relation } = self;
        write!(
            f,
            "several rows of `{spec}` have the same key for the relation `{relation}`, which refers to it as unique: \
             derive `Clone` for the spec of that field, so that each gets its own copy"
        )
    }
}

impl Error for SharedRows {}

/// A prefetch brought a row whose key is none of those that were asked for: the database holds keys equal that Rust
/// does not, as under a collation without case.
///
/// It comes inside [`diesel::result::Error::DeserializationError`], in place of a row that would go missing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownKey {
    /// The spec that has the field.
    pub spec: &'static str,
    /// The relation whose rows were loaded.
    pub relation: &'static str,
}

impl fmt::Display for UnknownKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { spec, relation } = self;
        write!(
            f,
            "the prefetch of the relation `{relation}` for `{spec}` brought a row that belongs to none of the loaded \
             rows: the database compares the keys by a collation that holds different texts equal"
        )
    }
}

impl Error for UnknownKey {}

/// The value of a column could not be read into the field of a spec.
///
/// It comes inside [`diesel::result::Error::DeserializationError`].
#[derive(Debug)]
#[non_exhaustive]
pub struct FieldError {
    /// The spec that has the field.
    pub spec: &'static str,
    /// The column that was read.
    pub column: &'static str,
    /// What Diesel or the conversion said.
    pub source: Box<dyn Error + Send + Sync>,
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { spec, column, source } = self;
        write!(f, "cannot read `{column}` into `{spec}`: {source}")
    }
}

impl Error for FieldError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}
