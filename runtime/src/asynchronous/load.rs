//! Running a query.

use diesel::QueryResult;
use diesel::query_builder::{Query, QueryFragment, QueryId};
use diesel_async::methods::LoadQuery;
use futures_util::{StreamExt, stream};

use super::borrowed::{BorrowedFuture, BorrowedStream};
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
use crate::source::Itself;

type Loaded<S> = <<S as LoadSpec>::Fields as Fields>::Loaded;

#[diagnostic::do_not_recommend]
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
        let (query, prefetches, snapshot) = self.into_parts();
        let slots = prefetches.slots();
        match S::QUERIES {
            1 => BorrowedFuture::new(conn, (query, slots), |conn, (query, slots)| async move {
                let loaded = nothing::<S, _, _, _>(slots, &mut Sequential(conn)).await?;
                todo!()
            }),
            _ => BorrowedFuture::new(conn, (query, slots, snapshot), |conn, (query, slots, snapshot)| async move {
                let load = PendingRows { query, slots, rows: std::marker::PhantomData };
                let (rows, loaded) = in_snapshot(conn, snapshot, load).await?;
                let rows = Rows::<std::iter::Empty<_>, S, Itself>::gathered(rows, loaded);
                Ok(BorrowedStream::new(rows, (), |rows, ()| {
                    stream::iter(rows.map(|row| row.map(|((), spec)| spec)))
                }))
            }),
        }
    }
}
