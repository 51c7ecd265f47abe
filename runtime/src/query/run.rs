//! Running a query.

use diesel::connection::Connection;
use diesel::query_builder::QueryId;
use diesel::query_dsl::methods::LoadQuery;
use diesel::{QueryResult, RunQueryDsl};

use super::tail::Ended;
use super::{Load, Plan};
use crate::LoadSpec;
use crate::dialect::Dialect;
use crate::field::Begin;
use crate::row::{self, Keyed};
use crate::run::{Run, gather, in_one_transaction, stream};
use crate::snapshot::{Statement, Told};
use crate::source::Itself;
use crate::watch::LoadSpan;

type Row<S> = Keyed<S, Itself>;

impl<S, Q, P, T, O, Conn> RunQueryDsl<Conn> for Load<S, Q, P, T, O> {}

impl<'q, S, Q, P, T, Conn> LoadQuery<'q, Conn, S> for Load<S, Q, P, T>
where
    S: LoadSpec,
    P: Plan<S>,
    Conn: Connection,
    Conn::Backend: Dialect,
    Statement: LoadQuery<'q, Conn, Told>,
    Ended<Q, T>: LoadQuery<'q, Conn, Row<S>> + QueryId,
    S::Fields: Begin<P::Slots, Pending: Run<'q, Conn>>,
{
    type RowIter<'conn>
        = Rows<<Ended<Q, T> as LoadQuery<'q, Conn, Row<S>>>::RowIter<'conn>, S>
    where
        Conn: 'conn;

    fn internal_load(self, conn: &mut Conn) -> QueryResult<Self::RowIter<'_>> {
        let purpose = self.purpose();
        let span = LoadSpan::open(&purpose, S::QUERIES);
        let (query, prefetches, snapshot) = self.into_parts();
        let alone = prefetches.is_alone();
        let slots = prefetches.slots();
        let rows = span.run(|| match alone {
            true => stream(query, slots, conn, purpose),
            false => in_one_transaction(conn, snapshot, |conn| gather(query, slots, conn, purpose)),
        })?;
        Ok(Rows::new(rows, span))
    }
}

/// The loaded structs, put together one by one.
pub struct Rows<I, S: LoadSpec> {
    rows: row::Rows<I, S, Itself>,
    span: LoadSpan,
}

impl<I, S: LoadSpec> Rows<I, S> {
    fn new(rows: row::Rows<I, S, Itself>, mut span: LoadSpan) -> Self {
        span.add(0);
        Self { rows, span }
    }
}

impl<I, S> Iterator for Rows<I, S>
where
    I: Iterator<Item = QueryResult<Row<S>>>,
    S: LoadSpec,
{
    type Item = QueryResult<S>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let ((), spec) = match self.rows.next()? {
            Ok(row) => row,
            Err(error) => return Some(Err(error)),
        };
        self.span.add(1);
        Some(Ok(spec))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}
