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
        let mut rows = span.run(|| match alone {
            true => stream(query, slots, conn, purpose),
            false => in_one_transaction(conn, snapshot, |conn| gather(query, slots, conn, purpose)),
        })?;
        rows.keep(span);
        Ok(Rows(rows))
    }
}

/// The loaded structs, put together one by one.
pub struct Rows<I, S: LoadSpec>(row::Rows<I, S, Itself>);

impl<I, S> Iterator for Rows<I, S>
where
    I: Iterator<Item = QueryResult<Row<S>>>,
    S: LoadSpec,
{
    type Item = QueryResult<S>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        Some(self.0.next()?.map(|((), spec)| spec))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}
