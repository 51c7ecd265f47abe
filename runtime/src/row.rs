//! The rows of one of our queries.

use diesel::QueryResult;
use diesel::deserialize::{self, QueryableByName};
use diesel::result::Error;
use diesel::row::NamedRow;

use crate::cells::Cells;
use crate::dialect::Dialect;
use crate::field::{Cursor, Fields, FieldsFrom, read_spec};
use crate::gathered::{self, Gathered};
use crate::source::{Origin, OriginFrom};
use crate::spec::LoadSpec;
use crate::watch::{Announcement, LoadSpan};

type Cell<S> = <<S as LoadSpec>::Fields as Fields>::Cell;
type Loaded<S> = <<S as LoadSpec>::Fields as Fields>::Loaded;

/// A row of the spec `S` before its prefetches have run, with the key by which it finds its parent.
///
/// The key stands last: a cell can end with a type that is found by way of several traits, and what such a struct ends with
/// is more than the compiler (1.95) can tell when it generates code.
pub struct Keyed<S: LoadSpec, O: Origin> {
    cell: Cell<S>,
    key: O::Key,
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
    pub(crate) fn finish(self, loaded: &mut Loaded<S>) -> QueryResult<(O::Key, S)> {
        let values = S::Fields::value(self.cell, loaded).map_err(Error::DeserializationError)?;
        Ok((self.key, S::build(values)))
    }
}

/// What the rows hold for the fields of the spec `S`.
impl<S: LoadSpec, O: Origin> Cells for Gathered<Keyed<S, O>> {
    type Cell = Cell<S>;

    fn most(&self) -> usize {
        self.len()
    }

    fn each(&mut self, mut visit: impl FnMut(&mut Cell<S>)) {
        self.iter_mut().for_each(|row| visit(&mut row.cell));
    }
}

/// What no rows of the spec `S` hold.
pub(crate) fn no_rows<S: LoadSpec>() -> Vec<Cell<S>> {
    Vec::new()
}

/// The loaded structs, each with its key, put together one by one.
pub(crate) struct Rows<I, S: LoadSpec, O: Origin> {
    rows: RowSource<I, S, O>,
    loaded: Loaded<S>,
    /// Counts the rows that come one by one.
    announcement: Announcement,
    /// Of the load that they are all of.
    span: LoadSpan,
}

/// The rows that the structs are made of.
enum RowSource<I, S: LoadSpec, O: Origin> {
    /// Straight from the database: no prefetch is run.
    Streamed(I),
    /// All of them, because the prefetches needed their keys.
    Gathered(gathered::IntoIter<Keyed<S, O>>),
}

impl<I, S: LoadSpec, O: Origin> Rows<I, S, O> {
    /// Those that come one by one.
    pub(crate) fn streamed(rows: I, loaded: Loaded<S>, announcement: Announcement) -> Self {
        announcement.answered();
        Self { rows: RowSource::Streamed(rows), loaded, announcement, span: LoadSpan::none() }
    }

    /// Those that are all there.
    pub(crate) fn gathered(rows: Gathered<Keyed<S, O>>, loaded: Loaded<S>) -> Self {
        let announcement = Announcement::none();
        let (rows, span) = (RowSource::Gathered(rows.into_iter()), LoadSpan::none());
        Self { rows, loaded, announcement, span }
    }

    /// Keeps the span of the load open, and counts for it.
    pub(crate) fn keep(&mut self, mut span: LoadSpan) {
        span.add(0);
        self.span = span;
    }
}

impl<I, S, O> Iterator for Rows<I, S, O>
where
    I: Iterator<Item = QueryResult<Keyed<S, O>>>,
    S: LoadSpec,
    O: Origin,
{
    type Item = QueryResult<(O::Key, S)>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let row = match &mut self.rows {
            RowSource::Streamed(rows) => {
                let row = rows.next()?;
                self.announcement.count();
                row
            }
            RowSource::Gathered(rows) => Ok(rows.next()?),
        };
        let spec = row.and_then(|row| row.finish(&mut self.loaded));
        if spec.is_ok() {
            self.span.add(1);
        }
        if spec.is_err() && S::QUERIES > 1 {
            // What was prefetched is taken row by row: after a row that failed half-way, the next would get the rest
            // of its children.
            self.rows = RowSource::Gathered(Gathered::default().into_iter());
        }
        Some(spec)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.rows {
            RowSource::Streamed(rows) => rows.size_hint(),
            RowSource::Gathered(rows) => rows.size_hint(),
        }
    }
}
