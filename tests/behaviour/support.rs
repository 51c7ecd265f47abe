//! Connections, and what is seen of them.

use std::sync::{Arc, Mutex};

use diesel::connection::{InstrumentationEvent, SimpleConnection};
use diesel::prelude::*;

/// A database in memory with what `sql` makes.
#[track_caller]
pub(crate) fn database(sql: &str) -> SqliteConnection {
    let mut conn =
        SqliteConnection::establish(":memory:").expect("SQLite opens a database in memory");
    conn.batch_execute(sql).expect("the schema is valid SQL");
    conn
}

/// The cause of an error of the type `E` that a load ended with.
#[track_caller]
pub(crate) fn cause<T, E: std::error::Error + 'static>(result: QueryResult<T>) -> E {
    match result {
        Err(diesel::result::Error::DeserializationError(error)) => match error.downcast::<E>() {
            Ok(error) => *error,
            Err(error) => panic!("another error: {error:?}"),
        },
        Err(error) => panic!("not an error of reading: {error:?}"),
        Ok(_) => panic!("the load went well"),
    }
}

/// What happens on a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Event {
    Query(String),
    /// A statement is prepared and put into the cache.
    Cached(String),
    Begin(u32),
    Commit(u32),
    Rollback(u32),
}

/// The events on a connection since recording began.
#[derive(Clone, Default)]
pub(crate) struct Trace(Arc<Mutex<Vec<Event>>>);

impl Trace {
    /// Records what happens on `conn` from now on.
    pub(crate) fn of(conn: &mut impl Connection) -> Self {
        let trace = Self::default();
        let log = Arc::clone(&trace.0);
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            let event = match event {
                InstrumentationEvent::StartQuery { query, .. } => {
                    let sql = query.to_string();
                    // Beginning and ending a transaction is an event and a query too.
                    let words = ["BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE"];
                    if words.iter().any(|word| sql.starts_with(word)) {
                        return;
                    }
                    Event::Query(sql)
                }
                InstrumentationEvent::CacheQuery { sql, .. } => Event::Cached(sql.to_owned()),
                InstrumentationEvent::BeginTransaction { depth, .. } => Event::Begin(depth.get()),
                InstrumentationEvent::CommitTransaction { depth, .. } => Event::Commit(depth.get()),
                InstrumentationEvent::RollbackTransaction { depth, .. } => {
                    Event::Rollback(depth.get())
                }
                _ => return,
            };
            log.lock().expect("no test panics while it records").push(event);
        });
        trace
    }

    /// The events since the last call.
    pub(crate) fn take(&self) -> Vec<Event> {
        std::mem::take(&mut self.0.lock().expect("no test panics while it records"))
    }

    /// The queries since the last call, without the values that they bind.
    pub(crate) fn sql(&self) -> Vec<String> {
        let statement = |event| match event {
            Event::Query(sql) => {
                let end = sql.find(" -- binds:").unwrap_or(sql.len());
                Some(sql[..end].to_owned())
            }
            _ => None,
        };
        self.take().into_iter().filter_map(statement).collect()
    }

    /// The statements that were prepared and cached since the last call.
    pub(crate) fn cached(&self) -> Vec<String> {
        let statement = |event| match event {
            Event::Cached(sql) => Some(sql),
            _ => None,
        };
        self.take().into_iter().filter_map(statement).collect()
    }

    /// What became of transactions since the last call.
    pub(crate) fn transactions(&self) -> Vec<Event> {
        let mut events = self.take();
        events.retain(|event| !matches!(event, Event::Query(_) | Event::Cached(_)));
        events
    }
}

/// How SQLite would run a query.
#[track_caller]
pub(crate) fn plan(sql: &str, conn: &mut SqliteConnection) -> String {
    #[derive(QueryableByName)]
    struct Step {
        #[diesel(sql_type = diesel::sql_types::Text)]
        detail: String,
    }

    let steps: Vec<Step> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}"))
        .load(conn)
        .expect("what runs can be explained");
    steps.iter().map(|step| format!("{}\n", step.detail)).collect()
}

/// Sorts what the database gave in no order.
pub(crate) fn sorted<T: Ord>(rows: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut rows: Vec<T> = rows.into_iter().collect();
    rows.sort();
    rows
}
