//! A row of one of our queries.

use diesel::QueryResult;
use diesel::deserialize::{self, QueryableByName};
use diesel::result::Error;
use diesel::row::NamedRow;

use crate::dialect::Dialect;
use crate::field::{Cursor, Fields, FieldsFrom, read_spec};
use crate::source::{Origin, OriginFrom};
use crate::spec::LoadSpec;

/// A row of the spec `S` before its prefetches have run, with the key by which it finds its parent.
pub struct Keyed<S: LoadSpec, O: Origin> {
    key: O::Key,
    pub(crate) cell: <S::Fields as Fields>::Cell,
}

// Diesel reads rows of a query whose SQL type is `Untyped`, as ours are, by this trait. They are read by position.
impl<S, O, DB> QueryableByName<DB> for Keyed<S, O>
where
    S: LoadSpec,
    O: OriginFrom<DB>,
    DB: Dialect,
    S::Fields: FieldsFrom<DB>,
{
    #[inline]
    fn build<'a>(row: &impl NamedRow<'a, DB>) -> deserialize::Result<Self> {
        let key = O::read_key(row)?;
        let cell = read_spec::<S, DB, _>(&mut Cursor::new(row, O::COLUMNS), false)?;
        Ok(Self { key, cell })
    }
}

impl<S: LoadSpec, O: Origin> Keyed<S, O> {
    /// The spec itself, with what was prefetched for this row. Called for the rows in their order.
    #[inline]
    pub(crate) fn finish(
        self,
        loaded: &mut <S::Fields as Fields>::Loaded,
    ) -> QueryResult<(O::Key, S)> {
        let values = S::Fields::value(self.cell, loaded).map_err(Error::DeserializationError)?;
        Ok((self.key, S::build(values)))
    }
}
