//! Counting the queries that run on a connection.

use std::sync::{Arc, Mutex};

use diesel::connection::{Connection, InstrumentationEvent};

/// The queries that ran on a connection, in order, without the statements that begin and end transactions.
#[derive(Clone, Default)]
pub struct Queries(Arc<Mutex<Vec<String>>>);

impl Queries {
    /// Records what runs on `conn` from now on.
    pub fn of(conn: &mut impl Connection) -> Self {
        let queries = Self::default();
        let log = Arc::clone(&queries.0);
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { query, .. } = event {
                let sql = query.to_string();
                let transaction = ["BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE"];
                if !transaction.iter().any(|word| sql.starts_with(word)) {
                    log.lock().expect("no test panics while it records").push(sql);
                }
            }
        });
        queries
    }

    /// The queries since the last call.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().expect("no test panics while it records"))
    }
}
