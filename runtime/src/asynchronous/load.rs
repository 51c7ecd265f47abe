//! Running a query.

use std::iter;
use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::query_builder::{Query, QueryFragment, QueryId};
use diesel_async::methods::LoadQuery;
use futures_util::{StreamExt, stream};

use super::borrowed::{BorrowedFuture, BorrowedStream, load};
use super::connection::AsyncLoadConnection;
use super::run::{RunAsync, gather, nothing};
use super::runner::{Runner, Sequential, rows};
use super::snapshot::in_snapshot;
use crate::LoadSpec;
use crate::dialect::Dialect;
use crate::field::{Begin, Fields, FieldsFrom};
use crate::gathered::Gathered;
use crate::pending::Pending;
use crate::query::{Ended, Load, Plan};
use crate::row::{Keyed, Rows};
use crate::source::{Itself, Origin, OriginFrom};
use crate::watch::{Caller, LoadSpan, Purpose};

type Row<S> = Keyed<S, Itself>;
type Loaded<S> = <<S as LoadSpec>::Fields as Fields>::Loaded;

impl<'q, S, Q, P, T, Conn> LoadQuery<'q, Conn, S> for Load<S, Q, P, T>
where
    S: LoadSpec + Send,
    P: Plan<S, Slots: Send + 'q>,
    Conn: AsyncLoadConnection,
    Ended<Q, T>: Query + QueryFragment<Conn::Backend> + QueryId + Send + 'q,
    S::Fields: Fields<Cell: Send, Loaded: Send>
        + FieldsFrom<Conn::Backend>
        + Begin<P::Slots, Pending: RunAsync<Conn::Backend>>,
{
    type LoadFuture<'conn>
        = BorrowedFuture<'conn, 'q, QueryResult<Self::Stream<'conn>>>
    where
        Conn: 'conn;

    type Stream<'conn>
        = BorrowedStream<'conn, 'q, QueryResult<S>>
    where
        Conn: 'conn;

    fn internal_load(self, conn: &mut Conn) -> Self::LoadFuture<'_> {
        let purpose = self.purpose();
        let (query, prefetches, snapshot) = self.into_parts();
        let alone = prefetches.is_alone();
        let slots = prefetches.slots();
        let snapshot = snapshot && !alone;
        match alone {
            true if Conn::STREAMS => {
                load(conn, (query, slots, purpose), |conn, (query, slots, purpose)| async move {
                    let mut span = LoadSpan::open(&purpose, S::QUERIES);
                    let sent = span.around(async {
                        let loaded = nothing::<S, _, _, _>(
                            slots,
                            &mut Sequential(&mut *conn),
                            purpose.caller,
                        )
                        .await?;
                        let rows = rows::<'_, 'q, _, _, Row<S>>(conn, query, purpose).await?;
                        Ok((loaded, rows))
                    });
                    let sent = sent.await;
                    span.check(&sent);
                    let (mut loaded, rows) = sent?;
                    span.add(0);
                    Ok(rows.map(move |row| {
                        let ((), spec) = row?.finish(&mut loaded)?;
                        span.add(1);
                        Ok(spec)
                    }))
                })
            }
            _ => {
                let rows = PendingRows::<S, Itself, _, _>::new(query, slots, purpose);
                load(
                    conn,
                    (rows, snapshot, purpose),
                    |conn, (rows, snapshot, purpose)| async move {
                        let span = LoadSpan::open(&purpose, S::QUERIES);
                        let load = in_snapshot(conn, snapshot, rows, purpose.caller);
                        let loaded = span.around(load).await;
                        span.check(&loaded);
                        let (rows, loaded) = loaded?;
                        let mut rows = Rows::<iter::Empty<_>, S, Itself>::gathered(rows, loaded);
                        rows.keep(span);
                        Ok(stream::iter(rows.map(|row| row.map(|((), spec)| spec))))
                    },
                )
            }
        }
    }
}

/// All rows of a query with their prefetches.
pub(super) struct PendingRows<S, O, Q, Slots> {
    query: Q,
    slots: Slots,
    purpose: Purpose,
    rows: PhantomData<fn() -> (S, O)>,
}

impl<S, O, Q, Slots> PendingRows<S, O, Q, Slots> {
    pub(super) fn new(query: Q, slots: Slots, purpose: Purpose) -> Self {
        Self { query, slots, purpose, rows: PhantomData }
    }
}

impl<S: LoadSpec, O: Origin, Q, Slots> Pending for PendingRows<S, O, Q, Slots> {
    type Loaded = (Gathered<Keyed<S, O>>, Loaded<S>);
}

impl<S, O, Q, Slots, DB> RunAsync<DB> for PendingRows<S, O, Q, Slots>
where
    S: LoadSpec,
    O: OriginFrom<DB>,
    Q: Query + QueryFragment<DB> + QueryId + Send,
    Slots: Send,
    DB: Dialect,
    S::Fields:
        Fields<Cell: Send, Loaded: Send> + FieldsFrom<DB> + Begin<Slots, Pending: RunAsync<DB>>,
{
    async fn run_async<R: Runner<DB>>(
        self,
        runner: &mut R,
        _: Caller,
    ) -> QueryResult<Self::Loaded> {
        gather(self.query, self.slots, runner, self.purpose).await
    }
}
