//! Databases, what runs on them, and errors.

use std::sync::{Arc, Mutex};

use diesel::QueryResult;
use diesel::connection::InstrumentationEvent;
use diesel::result::Error;

use crate::target::{Connection, DATABASE, connect, instrument, run_batch};

/// A connection to a database of its own in which `sql` was run.
pub(crate) async fn database(sql: &str) -> Connection {
    connect(&targets::create(sql)).await
}

/// Runs statements that return nothing, written as [`targets::sql`] says.
pub(crate) async fn run(sql: &str, conn: &mut Connection) -> QueryResult<()> {
    run_batch(&targets::sql(DATABASE, sql), conn).await
}

/// The queries that run on a connection, without what begins and ends transactions.
#[derive(Clone, Default)]
pub(crate) struct Queries(Arc<Mutex<Vec<String>>>);

impl Queries {
    /// Records what runs on `conn` from now on.
    pub(crate) fn of(conn: &mut Connection) -> Self {
        let queries = Self::default();
        let log = Arc::clone(&queries.0);
        instrument(conn, move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { query, .. } = event {
                let sql = query.to_string();
                if sql.trim_start().starts_with("SELECT") {
                    log.lock().expect("no test panics while it records").push(sql);
                }
            }
        });
        queries
    }

    /// The queries since the last call.
    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().expect("no test panics while it records"))
    }
}

/// The cause of an error of the type `E` that a load ended with.
#[track_caller]
pub(crate) fn cause<T, E: std::error::Error + 'static>(result: QueryResult<T>) -> E {
    match result {
        Err(Error::DeserializationError(error)) => match error.downcast::<E>() {
            Ok(error) => *error,
            Err(error) => panic!("another error: {error:?}"),
        },
        Err(error) => panic!("not an error of reading: {error:?}"),
        Ok(_) => panic!("the load went well"),
    }
}

/// Sorts what the database gave in no order.
pub(crate) fn sorted<T: Ord>(rows: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut rows: Vec<T> = rows.into_iter().collect();
    rows.sort();
    rows
}
