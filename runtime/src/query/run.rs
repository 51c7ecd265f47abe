//! Running a query: the spec's own, then its prefetches, then the structs are put together.

use diesel::connection::{Connection, TransactionManager};
use diesel::query_dsl::methods::LoadQuery;
use diesel::{QueryResult, RunQueryDsl};

use super::tail::Ended;
use super::{Load, Plan};
use crate::LoadSpec;
use crate::dialect::Dialect;
use crate::field::{Fields, Fill};
use crate::gathered::{self, Gathered};
use crate::row::Keyed;
use crate::source::Itself;

type Row<S> = Keyed<S, Itself>;
type Loaded<S> = <<S as LoadSpec>::Fields as Fields>::Loaded;
type TransactionManagerOf<Conn> = <Conn as Connection>::TransactionManager;

impl<S, Q, P, T, O, Conn> RunQueryDsl<Conn> for Load<S, Q, P, T, O> {}

impl<'q, S, Q, P, T, Conn> LoadQuery<'q, Conn, S> for Load<S, Q, P, T>
where
    S: LoadSpec,
    P: Plan<S>,
    Conn: Connection,
    Conn::Backend: Dialect,
    Ended<Q, T>: LoadQuery<'q, Conn, Row<S>>,
    S::Fields: Fill<'q, Conn, P::Slots>,
{
    type RowIter<'conn>
        = Rows<<Ended<Q, T> as LoadQuery<'q, Conn, Row<S>>>::RowIter<'conn>, S>
    where
        Conn: 'conn;

    fn internal_load(self, conn: &mut Conn) -> QueryResult<Self::RowIter<'_>> {
        let query = Ended { query: self.query, tail: self.tail };
        let slots = self.prefetches.slots();
        if S::QUERIES == 1 {
            let loaded = S::Fields::fill(std::iter::empty(), slots, conn)?;
            let rows = query.internal_load(conn)?;
            return Ok(Rows { rows: RowSource::Streamed(rows), loaded });
        }
        let snapshot = self.snapshot;
        let (rows, loaded) = in_one_transaction(conn, snapshot, |conn| {
            let rows = Gathered::gather(query.internal_load(conn)?)?;
            let cells = rows.iter().map(|row: &Row<S>| &row.cell);
            let loaded = S::Fields::fill(cells, slots, conn)?;
            Ok((rows, loaded))
        })?;
        Ok(Rows { rows: RowSource::Gathered(rows.into_iter()), loaded })
    }
}

/// Runs the queries of a load: where no transaction is open, and the backend gains by it, in one of their own.
pub(crate) fn in_one_transaction<Conn, R>(
    conn: &mut Conn,
    snapshot: bool,
    load: impl FnOnce(&mut Conn) -> QueryResult<R>,
) -> QueryResult<R>
where
    Conn: Connection,
    Conn::Backend: Dialect,
{
    let status = TransactionManagerOf::<Conn>::transaction_manager_status_mut(conn);
    if status.transaction_depth()?.is_some() || !(Conn::Backend::READ_TRANSACTION || snapshot) {
        return load(conn);
    }
    match TransactionManagerOf::<Conn>::begin_transaction(conn) {
        Ok(()) => {}
        // One was begun by hand, behind Diesel's back: it serves as well.
        Err(error) if Conn::Backend::is_in_transaction(&error) => return load(conn),
        Err(error) => return Err(error),
    }
    let transaction = Transaction { conn, open: true };
    let loaded = load(transaction.conn)?;
    transaction.commit()?;
    Ok(loaded)
}

/// An open transaction, which is rolled back unless it is committed: after an error, and also where code of the user's
/// panics while it reads a row.
struct Transaction<'c, Conn: Connection> {
    conn: &'c mut Conn,
    open: bool,
}

impl<Conn: Connection> Transaction<'_, Conn> {
    fn commit(mut self) -> QueryResult<()> {
        self.open = false;
        TransactionManagerOf::<Conn>::commit_transaction(self.conn)
    }
}

impl<Conn: Connection> Drop for Transaction<'_, Conn> {
    fn drop(&mut self) {
        if self.open {
            // The error of the load is the one to tell; a transaction that cannot be rolled back marks the connection.
            let _ = TransactionManagerOf::<Conn>::rollback_transaction(self.conn);
        }
    }
}

/// The loaded structs, put together one by one.
pub struct Rows<I, S: LoadSpec> {
    rows: RowSource<I, S>,
    loaded: Loaded<S>,
}

/// The rows that the structs are made of.
enum RowSource<I, S: LoadSpec> {
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
            RowSource::Streamed(rows) => rows.next()?,
            RowSource::Gathered(rows) => Ok(rows.next()?),
        };
        let spec = row.and_then(|row| row.finish(&mut self.loaded)).map(|((), spec)| spec);
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
