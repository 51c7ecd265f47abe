//! What Diesel gives new connections. It is for the whole process, and so this is the only test in it.
#![allow(missing_docs)]

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use diesel::connection::{InstrumentationEvent, set_default_instrumentation};
use diesel::prelude::*;
use upfront::{QueryLog, Scope};

static MADE: AtomicUsize = AtomicUsize::new(0);
static EVENTS: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn told(text: &str) -> usize {
    EVENTS.lock().unwrap().iter().filter(|event| event.contains(text)).count()
}

fn connection() -> SqliteConnection {
    SqliteConnection::establish(":memory:").unwrap()
}

#[test]
fn the_programs_own_instrumentation_of_new_connections_goes_on() {
    let before = &mut connection();
    set_default_instrumentation(|| {
        MADE.fetch_add(1, Relaxed);
        Some(Box::new(|event: InstrumentationEvent<'_>| {
            EVENTS.lock().unwrap().push(format!("{event:?}"));
        }))
    })
    .unwrap();

    let conn = &mut connection();
    assert_eq!(MADE.load(Relaxed), 1);
    let log = QueryLog::attach(conn).unwrap();
    assert_eq!(MADE.load(Relaxed), 2);
    diesel::sql_query("SELECT 'told to both' FROM sqlite_master").execute(conn).unwrap();
    assert_eq!(log.len(), 1);
    assert_eq!(told("told to both"), 2);

    // It had none, and gets none.
    let log = QueryLog::attach(before).unwrap();
    diesel::sql_query("SELECT 'told to the log' FROM sqlite_master").execute(before).unwrap();
    assert_eq!((log.len(), told("told to the log")), (1, 0));

    upfront::watch_new_connections(|| {
        Some(Box::new(|event: InstrumentationEvent<'_>| {
            EVENTS.lock().unwrap().push(format!("second {event:?}"));
        }))
    })
    .unwrap();
    let conn = &mut connection();
    let scope = Scope::new("new connections");
    scope
        .run(|| diesel::sql_query("SELECT 'told to the second' FROM sqlite_master").execute(conn))
        .unwrap();
    assert_eq!(scope.report().queries(), 1);
    assert_eq!(told("told to the second"), 2);
    assert_eq!(told("second Start"), 2);
}
