//! Which queries are told, and how.

use std::time::Duration;

use diesel::prelude::*;
use tracing::Level;
use tracing::level_filters::LevelFilter;
use upfront::TraceOptions;

use crate::library::*;
use crate::seen::Seen;

#[test]
fn all_queries_are_slow_that_take_as_long_as_the_threshold() {
    let seen = Seen::all(TraceOptions::new().slow_queries(Duration::ZERO));
    Shelf::query().load(&mut watched()).expect("the tables are there");
    let queries = seen.queries();
    assert_eq!(queries.len(), 4);
    for query in &queries {
        assert_eq!((query.level, query.fields.get("message")), (Level::WARN, Some("slow query")));
        assert_eq!(seen.around(query).name, "upfront.load");
    }
}

#[test]
fn no_query_is_slow_that_takes_less() {
    let seen = Seen::all(TraceOptions::new().slow_queries(Duration::from_secs(3600)));
    Shelf::query().load(&mut watched()).expect("the tables are there");
    let queries = seen.queries();
    assert_eq!(queries.len(), 4);
    for query in &queries {
        assert_eq!((query.level, query.fields.get("message")), (Level::DEBUG, Some("query")));
    }
}

#[test]
fn who_is_subscribed_to_warnings_sees_them_only() {
    let options = TraceOptions::new().slow_queries(Duration::from_secs(3600));
    let seen = Seen::up_to(LevelFilter::WARN, options);
    let conn = &mut watched();
    Shelf::query().load(conn).expect("the tables are there");
    diesel::sql_query("SELECT nothing").execute(conn).expect_err("there is no such column");
    let [failed] = &seen.queries()[..] else { panic!("{:?}", seen.queries()) };
    assert_eq!(failed.sql(), "SELECT nothing");
    assert_eq!(seen.loads().len(), 0);
}

#[test]
fn who_is_subscribed_to_errors_sees_nothing() {
    let seen = Seen::up_to(LevelFilter::ERROR, TraceOptions::new().slow_queries(Duration::ZERO));
    Shelf::query().load(&mut watched()).expect("the tables are there");
    assert_eq!((seen.loads().len(), seen.queries().len()), (0, 0));
}

#[test]
fn the_last_options_hold() {
    let seen = Seen::all(TraceOptions::new().slow_queries(Duration::ZERO).binds());
    upfront::trace_queries(TraceOptions::new());
    BookTitle::query().filter(books::id.eq(2)).load(&mut watched()).expect("the table is there");
    let [query] = &seen.queries()[..] else { panic!("{:?}", seen.queries()) };
    assert_eq!((query.level, query.fields.get("upfront.binds")), (Level::DEBUG, None));
}
