//! What is loaded, by whichever connection.

use std::future::Future;

use diesel::result::Error;
use diesel::{ExpressionMethods, QueryDsl, QueryResult, SqliteConnection};
use diesel_async::pooled_connection::{bb8, deadpool, mobc};
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use diesel_async::{AsyncConnection, AsyncMysqlConnection, AsyncPgConnection, RunQueryDsl};
use futures_util::StreamExt;

use crate::library::{AuthorName, Deep, Wide, authors};

pub(crate) type AsyncSqliteConnection = SyncConnectionWrapper<SqliteConnection>;

/// Loads of the authors whose `id` is greater than `behind`.
pub(crate) trait Loads {
    fn wide(&mut self, behind: i32) -> impl Future<Output = QueryResult<Vec<Wide>>> + Send;

    fn deep(&mut self, behind: i32) -> impl Future<Output = QueryResult<Vec<Deep>>> + Send;

    /// The same in one state of the database.
    fn snapshot(&mut self, behind: i32) -> impl Future<Output = QueryResult<Vec<Deep>>> + Send;

    /// The same by a stream of a single query, row after row.
    fn stream(&mut self, behind: i32) -> impl Future<Output = QueryResult<Vec<AuthorName>>> + Send;

    /// The same in chunks of one.
    fn chunks(&mut self, behind: i32) -> impl Future<Output = QueryResult<Vec<Deep>>> + Send;

    /// The names of all authors, by Diesel alone.
    fn names(&mut self) -> impl Future<Output = QueryResult<Vec<String>>> + Send;

    /// Writes an author, by Diesel alone.
    fn write(&mut self, name: &str) -> impl Future<Output = QueryResult<usize>> + Send;

    /// Takes it back.
    fn unwrite(&mut self) -> impl Future<Output = QueryResult<usize>> + Send;

    /// The same in a transaction of Diesel's.
    fn write_in_transaction(
        &mut self,
        name: &str,
    ) -> impl Future<Output = QueryResult<usize>> + Send;
}

macro_rules! loads {
    ($($Conn:ty;)*) => {$(
        impl Loads for $Conn {
            async fn wide(&mut self, behind: i32) -> QueryResult<Vec<Wide>> {
                let query = Wide::query().filter(authors::id.gt(behind)).order(authors::id);
                query.load(self).await
            }

            async fn deep(&mut self, behind: i32) -> QueryResult<Vec<Deep>> {
                let query = Deep::query().filter(authors::id.gt(behind)).order(authors::id);
                query.load(self).await
            }

            async fn snapshot(&mut self, behind: i32) -> QueryResult<Vec<Deep>> {
                let query = Deep::query().filter(authors::id.gt(behind)).order(authors::id);
                query.snapshot().load(self).await
            }

            async fn stream(&mut self, behind: i32) -> QueryResult<Vec<AuthorName>> {
                let query = AuthorName::query().filter(authors::id.gt(behind)).order(authors::id);
                let mut stream = query.load_stream(self).await?;
                let mut rows = Vec::new();
                while let Some(row) = stream.next().await {
                    rows.push(row?);
                    tokio::task::yield_now().await;
                }
                Ok(rows)
            }

            async fn chunks(&mut self, behind: i32) -> QueryResult<Vec<Deep>> {
                let query = Deep::query().filter(authors::id.gt(behind));
                let mut chunks = query.load_chunks_async(1, self);
                let mut rows = Vec::new();
                while let Some(chunk) = chunks.next().await {
                    rows.extend(chunk?);
                }
                Ok(rows)
            }

            async fn names(&mut self) -> QueryResult<Vec<String>> {
                authors::table.select(authors::name).order(authors::id).load(self).await
            }

            async fn write(&mut self, name: &str) -> QueryResult<usize> {
                let row = (authors::id.eq(NEW), authors::name.eq(name));
                diesel::insert_into(authors::table).values(row).execute(self).await
            }

            async fn unwrite(&mut self) -> QueryResult<usize> {
                diesel::delete(authors::table.find(NEW)).execute(self).await
            }

            async fn write_in_transaction(&mut self, name: &str) -> QueryResult<usize> {
                self.transaction::<_, Error, _>(async |conn| {
                        let row = (authors::id.eq(NEW), authors::name.eq(name));
                    diesel::insert_into(authors::table).values(row).execute(conn).await
                })
                .await
            }
        }
    )*};
}

/// The author that [`Loads::write`] writes.
pub(crate) const NEW: i32 = 5;

loads! { AsyncPgConnection; AsyncMysqlConnection; AsyncSqliteConnection; }

/// The loads that are tried on connections from pools.
pub(crate) trait PooledLoads {
    fn wide(&mut self, behind: i32) -> impl Future<Output = QueryResult<Vec<Wide>>> + Send;

    fn snapshot(&mut self, behind: i32) -> impl Future<Output = QueryResult<Vec<Deep>>> + Send;
}

macro_rules! pooled_loads {
    ($($Conn:ty;)*) => {$(
        impl PooledLoads for $Conn {
            async fn wide(&mut self, behind: i32) -> QueryResult<Vec<Wide>> {
                let query = Wide::query().filter(authors::id.gt(behind)).order(authors::id);
                query.load(self).await
            }

            async fn snapshot(&mut self, behind: i32) -> QueryResult<Vec<Deep>> {
                let query = Deep::query().filter(authors::id.gt(behind)).order(authors::id);
                query.snapshot().load(self).await
            }
        }
    )*};
}

pooled_loads! {
    deadpool::Object<AsyncPgConnection>;
    bb8::PooledConnection<'_, AsyncPgConnection>;
    mobc::PooledConnection<AsyncPgConnection>;
    deadpool::Object<AsyncMysqlConnection>;
    bb8::PooledConnection<'_, AsyncMysqlConnection>;
}
