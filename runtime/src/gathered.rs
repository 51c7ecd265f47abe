//! Rows that wait until their prefetches have run.
//!
//! They are kept in chunks: none of them is moved when there are more, and the memory of a chunk is given back as soon
//! as the structs are made of its rows, so that a load never holds all rows twice.

use std::iter::Flatten;
use std::vec;

use diesel::QueryResult;

/// How many rows a chunk holds.
const CHUNK: usize = 64;

/// All rows of a query.
pub(crate) struct Gathered<T> {
    chunks: Vec<Vec<T>>,
    len: usize,
}

impl<T> Gathered<T> {
    /// Takes all rows, or the first error.
    pub(crate) fn gather(rows: impl Iterator<Item = QueryResult<T>>) -> QueryResult<Self> {
        let mut gathered = Self::default();
        for row in rows {
            gathered.push(row?);
        }
        Ok(gathered)
    }

    /// Adds a row behind the others.
    #[inline]
    pub(crate) fn push(&mut self, row: T) {
        match self.chunks.last_mut() {
            Some(chunk) if chunk.len() < CHUNK => chunk.push(row),
            Some(_) => {
                let mut chunk = Vec::with_capacity(CHUNK);
                chunk.push(row);
                self.chunks.push(chunk);
            }
            // Most loads of few rows have fewer than a chunk.
            None => self.chunks.push(vec![row]),
        }
        self.len += 1;
    }

    /// The rows in their order.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.chunks.iter_mut().flatten()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.len
    }
}

impl<T> Default for Gathered<T> {
    fn default() -> Self {
        Self { chunks: Vec::new(), len: 0 }
    }
}

impl<T> IntoIterator for Gathered<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        Counted { rows: self.chunks.into_iter().flatten(), left: self.len }
    }
}

/// The rows, taken one by one.
pub(crate) type IntoIter<T> = Counted<Flatten<vec::IntoIter<Vec<T>>>>;

/// An iterator that knows how many rows are left, which the chunks alone do not tell.
pub(crate) struct Counted<I> {
    rows: I,
    left: usize,
}

impl<I: Iterator> Iterator for Counted<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        let row = self.rows.next()?;
        self.left -= 1;
        Some(row)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

#[cfg(test)]
mod tests {
    use diesel::result::Error;

    use super::*;

    #[test]
    fn rows_keep_their_order_and_are_counted_across_chunks() {
        for count in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK] {
            let mut rows = Gathered::gather((0..count).map(Ok)).expect("there is no error");
            assert_eq!(rows.len(), count);
            assert!(rows.iter_mut().map(|row| *row).eq(0..count));
            let mut rows = rows.into_iter();
            assert!(rows.by_ref().eq(0..count));
            assert_eq!(rows.size_hint(), (0, Some(0)));
        }
    }

    #[test]
    fn the_first_error_is_the_result() {
        let rows = [Ok(1), Err(Error::NotFound), Err(Error::RollbackTransaction)];
        assert_eq!(Gathered::gather(rows.into_iter()).err(), Some(Error::NotFound));
    }
}
