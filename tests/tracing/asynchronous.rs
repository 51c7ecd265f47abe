//! The same with diesel-async, whose connection to SQLite runs queries on other threads.

use std::future::Future;
use std::pin::pin;
use std::sync::mpsc;

use diesel::connection::InstrumentationEvent;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use futures_util::TryStreamExt;
use futures_util::future::{self, Either};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;
use tracing::{Instrument, Level, info_span};
use upfront::{AsyncRelationDsl, TraceOptions};

use crate::library::*;
use crate::seen::Seen;

/// Futures are polled on the thread of the test, and queries run on others.
fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(1).build().expect("threads can be had")
}

fn connection() -> SyncConnectionWrapper<SqliteConnection> {
    SyncConnectionWrapper::new(watched())
}

fn is_send<F: Future + Send>(future: F) -> F {
    future
}

#[test]
fn all_queries_of_a_load_are_in_its_span() {
    let seen = Seen::all(TraceOptions::new());
    let shelves = runtime().block_on(async {
        is_send(Shelf::query().load(&mut connection()).instrument(info_span!("request"))).await
    });
    assert_eq!(shelves.map(|shelves| shelves.len()), Ok(2));

    let [load] = &seen.loads()[..] else { panic!("{:?}", seen.loads()) };
    assert_eq!(load.parent, Some("request"));
    assert_eq!(load.fields.get("upfront.queries"), Some("2"));
    assert_eq!(load.fields.get("upfront.rows"), Some("2"));
    assert!(load.is_closed);
    let [authors, books] = &seen.queries()[..] else { panic!("{:?}", seen.queries()) };
    for query in [authors, books] {
        assert_eq!(seen.around(query).name, "upfront.load");
        assert_eq!((query.level, query.closed_before), (Level::DEBUG, 0));
        assert_eq!(query.fields.get("db.system.name"), Some("sqlite"));
    }
    assert_eq!(authors.fields.get("db.response.returned_rows"), Some("2"));
    assert_eq!(books.fields.get("upfront.field"), Some("works"));
    assert_eq!(books.fields.get("db.response.returned_rows"), Some("3"));
}

#[test]
fn loads_that_run_at_the_same_time_do_not_mix() {
    let seen = Seen::all(TraceOptions::new());
    let (mut one, mut other) = (connection(), connection());
    runtime().block_on(async {
        let shelves = Shelf::query().load(&mut one);
        let titles = BookTitle::query().load(&mut other);
        let (shelves, titles) = futures_util::join!(shelves, titles);
        assert_eq!(shelves.map(|shelves| shelves.len()), Ok(2));
        assert_eq!(titles.map(|titles| titles.len()), Ok(3));
    });

    let loads = seen.loads();
    assert_eq!(loads.len(), 2);
    assert!(loads.iter().all(|load| load.parent.is_none() && load.is_closed));
    let queries = seen.queries();
    assert_eq!(queries.len(), 3);
    for query in &queries {
        let load = seen.around(query);
        assert_eq!(load.fields.get("upfront.spec"), query.fields.get("upfront.spec"));
    }
}

#[test]
fn rows_that_are_streamed_keep_the_span_open() {
    let seen = Seen::all(TraceOptions::new());
    let conn = &mut connection();
    runtime().block_on(async {
        let mut rows = BookTitle::query().load_stream(conn).await.expect("the table is there");
        assert!(rows.try_next().await.is_ok_and(|row| row.is_some()));
        assert!(!seen.loads()[0].is_closed);
    });
    let load = &seen.loads()[0];
    assert_eq!((load.fields.get("upfront.rows"), load.is_closed), (Some("1"), true));
    let [query] = &seen.queries()[..] else { panic!("{:?}", seen.queries()) };
    assert_eq!(query.fields.get("db.response.returned_rows"), Some("1"));
}

#[test]
fn chunks_and_what_is_loaded_onto_rows_are_loads() {
    let seen = Seen::all(TraceOptions::new());
    let conn = &mut connection();
    runtime().block_on(async {
        let mut chunks = BookTitle::query().load_chunks_async(2, conn);
        while let Some(chunk) = chunks.next().await {
            assert!(chunk.is_ok());
        }
        let authors = [Author { id: 1, name: "Ursula".into() }];
        let books = author::books.load_onto_async::<BookTitle, _>(&authors, conn).await;
        assert_eq!(books.map(|books| books[0].len()), Ok(2));
    });

    let loads = seen.loads();
    let said: Vec<_> = loads
        .iter()
        .map(|load| (load.fields.get("upfront.rows"), load.fields.get("upfront.relation")))
        .collect();
    assert_eq!(said, [(Some("2"), None), (Some("1"), None), (None, Some("books"))]);
    let spans: Vec<_> = seen.queries().iter().map(|query| query.span).collect();
    assert_eq!(spans, [Some(0), Some(1), Some(2)]);
}

#[test]
fn a_load_that_fails_says_with_which_kind_of_error() {
    let seen = Seen::all(TraceOptions::new());
    let conn = &mut connection();
    runtime().block_on(async {
        diesel::sql_query("DROP TABLE books").execute(conn).await.expect("the table is there");
        Shelf::query().load(conn).await.expect_err("there are no books");
    });
    let load = &seen.loads()[0];
    assert_eq!((load.fields.get("error.type"), load.is_closed), (Some("_OTHER"), true));
    let failed = seen.queries().into_iter().find(|query| query.level == Level::WARN);
    let failed = failed.expect("one failed");
    assert_eq!(failed.fields.get("upfront.field"), Some("works"));
    assert_eq!(seen.around(&failed).name, "upfront.load");
}

#[test]
fn a_load_whose_future_is_dropped_ends_its_span() {
    let seen = Seen::all(TraceOptions::new());
    let mut conn = library();
    let (begins, begun) = oneshot::channel();
    let (go_on, waits) = mpsc::channel::<()>();
    let mut begins = Some(begins);
    upfront::watch_with(&mut conn, move |event: InstrumentationEvent<'_>| {
        if let (InstrumentationEvent::StartQuery { .. }, Some(begins)) = (event, begins.take()) {
            begins.send(()).expect("the test waits for it");
            waits.recv().expect_err("nothing is sent");
        }
    });

    let mut conn = SyncConnectionWrapper::<SqliteConnection>::new(conn);
    runtime().block_on(async {
        {
            let load = pin!(Shelf::query().load(&mut conn));
            let first = future::select(load, begun).await;
            assert!(matches!(first, Either::Right((Ok(()), _))));
            assert!(!seen.loads()[0].is_closed);
            drop(go_on);
        }
        assert!(seen.loads()[0].is_closed);
        let titles = BookTitle::query().load(&mut conn).await;
        assert_eq!(titles.map(|titles| titles.len()), Ok(3));
    });

    // The query ran to its end, and nobody read its rows.
    let [dropped, finished] = &seen.queries()[..] else { panic!("{:?}", seen.queries()) };
    assert_eq!(dropped.fields.get("upfront.spec"), Some("Shelf"));
    assert_eq!((seen.around(dropped).name, dropped.closed_before), ("upfront.load", 0));
    assert_eq!(dropped.fields.get("db.response.returned_rows"), None);
    assert_eq!(seen.loads()[0].fields.get("upfront.rows"), None);
    assert_eq!(finished.fields.get("upfront.spec"), Some("BookTitle"));
}
