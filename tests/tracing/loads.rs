//! The spans of loads, and the queries in them.

use diesel::prelude::*;
use tracing::{Level, info_span};
use upfront::{QueryLog, RelationDsl, TraceOptions, load};

use crate::library::*;
use crate::seen::Seen;

#[test]
fn a_load_is_a_span() {
    let seen = Seen::all(TraceOptions::new());
    let conn = &mut watched();
    let shelves = info_span!("request").in_scope(|| Shelf::query().load(conn));
    let line = (line!() - 1).to_string();
    assert_eq!(shelves.map(|shelves| shelves.len()), Ok(2));

    let [load] = &seen.loads()[..] else { panic!("{:?}", seen.loads()) };
    assert_eq!(
        (load.target, load.level, load.parent),
        ("upfront::load", Level::INFO, Some("request"))
    );
    assert_eq!(load.fields.get("upfront.spec"), Some("Shelf"));
    assert_eq!(load.fields.get("upfront.queries"), Some("2"));
    assert_eq!(load.fields.get("upfront.rows"), Some("2"));
    assert_eq!(load.fields.get("upfront.relation"), None);
    assert_eq!(load.fields.get("error.type"), None);
    assert_eq!(load.fields.get("code.file.path"), Some(file!()));
    assert_eq!(load.fields.get("code.line.number"), Some(&*line));
    assert!(load.is_closed);
}

#[test]
fn all_queries_of_a_load_are_in_its_span() {
    let seen = Seen::all(TraceOptions::new());
    let conn = &mut watched();
    Shelf::query().load(conn).expect("the tables are there");

    let queries = seen.queries();
    let spans = queries.iter().map(|query| seen.around(query).name);
    assert!(spans.eq(["upfront.load"; 4]), "{queries:?}");
    assert!(queries.iter().all(|query| query.closed_before == 0));
    let sql: Vec<_> = queries.iter().map(|query| query.fields.get("db.query.summary")).collect();
    assert_eq!(sql, [Some("BEGIN"), Some("SELECT authors"), Some("SELECT books"), Some("COMMIT")]);
}

#[test]
fn a_connection_that_is_not_watched_has_spans_only() {
    let seen = Seen::all(TraceOptions::new());
    let shelves = Shelf::query().load(&mut library());
    assert_eq!(shelves.map(|shelves| shelves.len()), Ok(2));
    assert_eq!((seen.loads().len(), seen.queries().len()), (1, 0));
}

#[test]
fn rows_that_are_streamed_keep_the_span_open() {
    let seen = Seen::all(TraceOptions::new());
    let conn = &mut watched();
    let mut rows = BookTitle::query().load_iter(conn).expect("the table is there");
    assert!(rows.by_ref().take(2).all(|row| row.is_ok()));
    assert!(!seen.loads()[0].is_closed);
    assert_eq!(seen.queries().len(), 0);
    // Whatever is entered when the rows end, the query began in its load.
    info_span!("later").in_scope(|| drop(rows));

    let load = &seen.loads()[0];
    assert_eq!((load.fields.get("upfront.rows"), load.is_closed), (Some("2"), true));
    let [query] = &seen.queries()[..] else { panic!("{:?}", seen.queries()) };
    assert_eq!(seen.around(query).name, "upfront.load");
    assert_eq!(query.fields.get("db.response.returned_rows"), Some("2"));
    assert_eq!(query.closed_before, 0);
}

#[test]
fn a_log_keeps_no_span_open() {
    let seen = Seen::all(TraceOptions::new());
    let conn = &mut library();
    let log = QueryLog::attach(conn).expect("it has no instrumentation");
    Shelf::query().load(conn).expect("the tables are there");
    let title: String = info_span!("request")
        .in_scope(|| books::table.select(books::title).first(conn))
        .expect("there are books");
    assert_eq!((title.as_str(), log.len()), ("Rocannon", 3));
    assert!(seen.spans().iter().all(|span| span.is_closed), "{:?}", seen.spans());
    assert_eq!(seen.counted().len(), 3);
}

#[test]
fn a_load_without_rows_says_so() {
    let seen = Seen::all(TraceOptions::new());
    let conn = &mut watched();
    Shelf::query().filter(authors::id.eq(0)).load(conn).expect("the tables are there");
    assert_eq!(seen.loads()[0].fields.get("upfront.rows"), Some("0"));
    // No author, no books to be asked for.
    let [query] = &seen.counted()[..] else { panic!("{:?}", seen.counted()) };
    assert_eq!(query.fields.get("db.response.returned_rows"), Some("0"));
}

#[test]
fn loading_onto_rows_is_a_load() {
    let seen = Seen::all(TraceOptions::new());
    let conn = &mut watched();
    let authors: Vec<Author> = authors::table.load(conn).expect("the table is there");
    author::books.load_onto::<BookTitle>(&authors, conn).expect("the table is there");
    let line = (line!() - 1).to_string();

    let [load] = &seen.loads()[..] else { panic!("{:?}", seen.loads()) };
    assert_eq!(load.fields.get("upfront.spec"), Some("BookTitle"));
    assert_eq!(load.fields.get("upfront.relation"), Some("books"));
    assert_eq!(load.fields.get("upfront.queries"), Some("1"));
    assert_eq!(load.fields.get("code.line.number"), Some(&*line));
    let [own, onto] = &seen.queries()[..] else { panic!("{:?}", seen.queries()) };
    assert_eq!((own.span, own.fields.get("upfront.spec")), (None, None));
    assert_eq!(seen.around(onto).name, "upfront.load");
    assert_eq!(onto.fields.get("upfront.relation"), Some("books"));
    assert_eq!(onto.fields.get("db.response.returned_rows"), Some("3"));
}

#[test]
fn each_chunk_is_a_load() {
    let seen = Seen::all(TraceOptions::new());
    let conn = &mut watched();
    let chunks = load!(Book { title }).load_chunks(2, conn);
    let line = (line!() - 1).to_string();
    assert_eq!(chunks.map(|chunk| chunk.map_or(0, |chunk| chunk.len())).sum::<usize>(), 3);

    let loads = seen.loads();
    let rows: Vec<_> = loads.iter().map(|load| load.fields.get("upfront.rows")).collect();
    assert_eq!(rows, [Some("2"), Some("1")]);
    assert!(loads.iter().all(|load| load.fields.get("code.line.number") == Some(&*line)));
    let spans: Vec<_> = seen.counted().iter().map(|query| query.span).collect();
    assert_eq!(spans, [Some(0), Some(1)]);
}

#[test]
fn a_load_that_fails_says_with_which_kind_of_error() {
    let seen = Seen::all(TraceOptions::new());
    let conn = &mut watched();
    diesel::sql_query("DROP TABLE books").execute(conn).expect("the table is there");
    Shelf::query().load(conn).expect_err("there are no books");

    let load = &seen.loads()[0];
    assert_eq!(load.fields.get("error.type"), Some("_OTHER"));
    assert_eq!((load.fields.get("upfront.rows"), load.is_closed), (None, true));
    let queries = seen.queries();
    let failed: Vec<_> = queries.iter().filter(|query| query.level == Level::WARN).collect();
    let [failed] = failed[..] else { panic!("{queries:?}") };
    assert_eq!(failed.fields.get("message"), Some("query failed"));
    assert_eq!(failed.fields.get("upfront.field"), Some("works"));
    assert_eq!(failed.fields.get("exception.message"), Some("no such table: books"));
    assert_eq!(seen.around(failed).name, "upfront.load");
    assert_eq!(queries.last().map(|query| query.sql()), Some("ROLLBACK"));
}
