//! Running a query: the spec's own, then its prefetches, then the structs are put together.

use diesel::connection::{Connection, TransactionManager};
use diesel::query_dsl::methods::LoadQuery;
use diesel::{QueryResult, RunQueryDsl};

use super::tail::Ended;
use super::{Declared, Load};
use crate::LoadSpec;
use crate::dialect::Dialect;
use crate::field::{Fields, Fill};
use crate::gathered::{self, Gathered};
use crate::row::Keyed;
use crate::source::Itself;

type Row<S> = Keyed<S, Itself>;
type Loaded<S> = <<S as LoadSpec>::Fields as Fields>::Loaded;
type TransactionManagerOf<Conn> = <Conn as Connection>::TransactionManager;

impl<S, Q, P, T, Conn> RunQueryDsl<Conn> for Load<S, Q, P, T> {}

impl<'q, S, Q, T, Conn> LoadQuery<'q, Conn, S> for Load<S, Q, Declared<S>, T>
where
    S: LoadSpec,
    Conn: Connection,
    Conn::Backend: Dialect,
    Ended<Q, T>: LoadQuery<'q, Conn, Row<S>>,
    S::Fields: Fill<'q, Conn>,
{
    type RowIter<'conn>
        = Rows<<Ended<Q, T> as LoadQuery<'q, Conn, Row<S>>>::RowIter<'conn>, S>
    where
        Conn: 'conn;

    fn internal_load(self, conn: &mut Conn) -> QueryResult<Self::RowIter<'_>> {
        let query = Ended { query: self.query, tail: self.tail };
        let plan = self.prefetches.plan();
        if S::QUERIES == 1 {
            let loaded = S::Fields::fill(&plan, std::iter::empty(), conn)?;
            let rows = query.internal_load(conn)?;
            return Ok(Rows { rows: Source::Streamed(rows), loaded });
        }
        let (rows, loaded) = in_one_transaction(conn, |conn| {
            let rows = Gathered::gather(query.internal_load(conn)?)?;
            let cells = rows.iter().map(|row: &Row<S>| &row.cell);
            let loaded = S::Fields::fill(&plan, cells, conn)?;
            Ok((rows, loaded))
        })?;
        Ok(Rows { rows: Source::Gathered(rows.into_iter()), loaded })
    }
}

/// Runs the queries of a load: where no transaction is open, and the backend gains by it, in one of their own.
fn in_one_transaction<Conn, R>(
    conn: &mut Conn,
    load: impl FnOnce(&mut Conn) -> QueryResult<R>,
) -> QueryResult<R>
where
    Conn: Connection,
    Conn::Backend: Dialect,
{
    let status = TransactionManagerOf::<Conn>::transaction_manager_status_mut(conn);
    let wanted = Conn::Backend::READ_TRANSACTION && status.transaction_depth()?.is_none();
    // If it cannot begin, one was begun by hand, behind Diesel's back: then that one is as good.
    if !wanted || TransactionManagerOf::<Conn>::begin_transaction(conn).is_err() {
        return load(conn);
    }
    match load(conn) {
        Ok(loaded) => {
            TransactionManagerOf::<Conn>::commit_transaction(conn)?;
            Ok(loaded)
        }
        Err(error) => {
            // The first error is the one to tell; a transaction that cannot be rolled back marks the connection.
            let _ = TransactionManagerOf::<Conn>::rollback_transaction(conn);
            Err(error)
        }
    }
}

/// The loaded structs, put together one by one.
pub struct Rows<I, S: LoadSpec> {
    rows: Source<I, S>,
    loaded: Loaded<S>,
}

/// The rows that the structs are made of.
enum Source<I, S: LoadSpec> {
    /// Straight from the database: the spec has no prefetches.
    Streamed(I),
    /// All of them, because the prefetches needed their keys.
    Gathered(gathered::IntoIter<Row<S>>),
}

impl<I, S> Iterator for Rows<I, S>
where
    I: Iterator<Item = QueryResult<Row<S>>>,
    S: LoadSpec,
{
    type Item = QueryResult<S>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let row = match &mut self.rows {
            Source::Streamed(rows) => rows.next()?,
            Source::Gathered(rows) => Ok(rows.next()?),
        };
        let spec = row.and_then(|row| row.finish(&mut self.loaded)).map(|((), spec)| spec);
        if spec.is_err() {
            // What was prefetched is taken row by row: after a row that failed half-way, the next would get the rest
            // of its children.
            self.rows = Source::Gathered(Gathered::default().into_iter());
        }
        Some(spec)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.rows {
            Source::Streamed(rows) => rows.size_hint(),
            Source::Gathered(rows) => rows.size_hint(),
        }
    }
}
