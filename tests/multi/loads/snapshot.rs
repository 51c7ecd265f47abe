//! One state of the database for all queries of a load.

use std::sync::{Arc, Mutex};

use diesel::connection::{InstrumentationEvent, SimpleConnection};
use diesel::prelude::*;
use models::*;
use upfront::LoadSpec;

use crate::{AnyConnection, Database, Place};

tests! { all_queries_see_one_state, an_open_transaction_is_asked, only_a_snapshot_opens_a_transaction }

#[derive(LoadSpec)]
#[load(Entry)]
struct EntryId {
    #[allow(dead_code)]
    id: i32,
}

#[derive(LoadSpec)]
#[load(Account)]
struct Balance {
    #[load(prefetch)]
    entries: Vec<EntryId>,
}

fn entries(balances: Vec<Balance>) -> usize {
    balances.into_iter().map(|balance| balance.entries.len()).sum()
}

/// The connection, on which another one writes an entry before the query for entries runs.
fn disturbed(place: &Place) -> AnyConnection {
    let mut conn = place.connect();
    let mut other = place.connect();
    other.batch_execute("DELETE FROM entries WHERE id > 1").unwrap();
    conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            if query.to_string().contains("account_id") {
                other.batch_execute("INSERT INTO entries VALUES (2, 1)").unwrap();
            }
        }
    });
    conn
}

fn all_queries_see_one_state(place: &Place) {
    if place.database == Database::Sqlite {
        // A database in memory has one connection, by which nobody writes while it loads.
        let balances = Balance::query().snapshot().load(&mut place.connect()).unwrap();
        assert_eq!(entries(balances), 1);
        return;
    }
    let later = Balance::query().load(&mut disturbed(place)).unwrap();
    assert_eq!(entries(later), 2);
    let one_state = Balance::query().snapshot().load(&mut disturbed(place)).unwrap();
    assert_eq!(entries(one_state), 1);
}

fn an_open_transaction_is_asked(place: &Place) {
    let conn = &mut place.connect();
    let inside = conn.transaction(|conn| Balance::query().snapshot().load(conn));
    if place.database != Database::Postgres {
        assert!(inside.is_ok());
        return;
    }
    // There it is begun as `READ COMMITTED`.
    let text = inside.err().expect("each query sees another state").to_string();
    assert!(text.contains("isolation level is read committed"), "{text}");
}

fn only_a_snapshot_opens_a_transaction(place: &Place) {
    let conn = &mut place.connect();
    let events = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&events);
    conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        log.lock().unwrap().push(match event {
            InstrumentationEvent::BeginTransaction { .. } => "begin",
            InstrumentationEvent::CommitTransaction { .. } => "commit",
            InstrumentationEvent::RollbackTransaction { .. } => "rollback",
            _ => return,
        });
    });
    Balance::query().load(conn).unwrap();
    assert!(events.lock().unwrap().is_empty());
    Balance::query().snapshot().load(conn).unwrap();
    assert_eq!(*events.lock().unwrap(), ["begin", "commit"]);
}
