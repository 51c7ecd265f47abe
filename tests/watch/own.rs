//! The program's own instrumentation.

use std::sync::{Arc, Mutex};

use diesel::connection::{Instrumentation, InstrumentationEvent};
use diesel::prelude::*;
use upfront::{QueryLog, Scope};

use crate::library::{AuthorName, AuthorPage, library};

/// Writes down what it is told.
#[derive(Clone, Default)]
struct Own(Arc<Mutex<Vec<String>>>);

impl Own {
    fn events(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Instrumentation for Own {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        self.0.lock().unwrap().push(format!("{event:?}"));
    }
}

fn load(conn: &mut SqliteConnection) {
    AuthorPage::query().load(conn).unwrap();
    diesel::sql_query("SELECT * FROM nowhere").execute(conn).unwrap_err();
    conn.transaction(|_| Err::<(), _>(diesel::result::Error::RollbackTransaction)).unwrap_err();
}

#[test]
fn it_gets_every_event_that_it_would_get_alone() {
    let (alone, chained) = (Own::default(), Own::default());
    let conn = &mut library(2);
    conn.set_instrumentation(alone.clone());
    load(conn);

    let conn = &mut library(2);
    upfront::watch_with(conn, chained.clone());
    let log = QueryLog::options().binds().call_sites().attach(conn).unwrap();
    let scope = Scope::new("test");
    scope.run(|| load(conn));
    assert_eq!(chained.events(), alone.events());
    assert!(alone.events().len() > 10);
    assert_eq!(log.len(), 4);
    drop((log, scope));
    load(conn);
    assert_eq!(chained.events().len(), 2 * alone.events().len() - cached(&alone));
}

/// Statements are put into the cache once.
fn cached(own: &Own) -> usize {
    own.events().iter().filter(|event| event.starts_with("CacheQuery")).count()
}

#[test]
fn another_one_takes_its_place_and_logs_go_on() {
    let (first, second) = (Own::default(), Own::default());
    let conn = &mut library(1);
    upfront::watch_with(conn, first.clone());
    let log = QueryLog::attach(conn).unwrap();
    AuthorName::query().load(conn).unwrap();
    let before = first.events().len();
    upfront::watch_with(conn, second.clone());
    AuthorName::query().load(conn).unwrap();
    assert_eq!(first.events().len(), before);
    assert_eq!(second.events().len(), 2);
    assert_eq!(log.len(), 2);
}

#[test]
fn one_that_the_connection_alone_has_is_not_replaced() {
    let own = Own::default();
    let conn = &mut library(1);
    conn.set_instrumentation(own.clone());
    for error in [
        QueryLog::attach(conn).unwrap_err(),
        Scope::new("test").watch(conn).unwrap_err(),
        upfront::watch(conn).unwrap_err(),
    ] {
        assert!(error.to_string().contains("call `upfront::watch_with(conn, yours)` in its place"));
    }
    AuthorName::query().load(conn).unwrap();
    assert!(!own.events().is_empty());
}
