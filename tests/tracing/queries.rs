//! The events of queries.

use diesel::prelude::*;
use tracing::Level;
use upfront::TraceOptions;

use crate::library::*;
use crate::seen::{Seen, SeenEvent};

/// What `run` has told, which is one query.
#[track_caller]
fn told(options: TraceOptions, run: impl FnOnce(&mut SqliteConnection)) -> SeenEvent {
    let seen = Seen::all(options);
    run(&mut watched());
    let queries = seen.queries();
    assert_eq!(queries.len(), 1, "{queries:?}");
    queries[0].clone()
}

fn insert(conn: &mut SqliteConnection) -> QueryResult<usize> {
    diesel::insert_into(authors::table).values(authors::name.eq("Jane")).execute(conn)
}

#[test]
fn the_query_of_a_spec_says_what_asked_for_it() {
    let seen = Seen::all(TraceOptions::new());
    let conn = &mut watched();
    Shelf::query().load(conn).expect("the tables are there");
    let line = (line!() - 1).to_string();

    let [authors, books] = &seen.counted()[..] else { panic!("{:?}", seen.counted()) };
    assert_eq!((authors.target, authors.level), ("upfront::query", Level::DEBUG));
    assert_eq!(authors.fields.get("message"), Some("query"));
    assert_eq!(authors.fields.get("db.system.name"), Some("sqlite"));
    assert_eq!(authors.fields.get("db.query.summary"), Some("SELECT authors"));
    assert_eq!(authors.fields.get("db.operation.name"), Some("SELECT"));
    assert_eq!(authors.fields.get("db.collection.name"), Some("authors"));
    assert_eq!(authors.sql(), "SELECT `authors`.`name`, `authors`.`id` FROM `authors`");
    assert_eq!(authors.fields.get("db.response.returned_rows"), Some("2"));
    assert_eq!(authors.fields.get("upfront.spec"), Some("Shelf"));
    assert_eq!(authors.fields.get("upfront.field"), None);
    assert_eq!(authors.fields.get("code.file.path"), Some(file!()));
    assert_eq!(authors.fields.get("code.line.number"), Some(&*line));
    let took = authors.fields.get("db.client.operation.duration").map(str::parse::<f64>);
    assert!(matches!(took, Some(Ok(took)) if took > 0.0 && took < 60.0), "{took:?}");

    assert_eq!(books.fields.get("upfront.spec"), Some("Shelf"));
    assert_eq!(books.fields.get("upfront.field"), Some("works"));
    assert_eq!(books.fields.get("upfront.relation"), Some("books"));
    assert_eq!(books.fields.get("db.response.returned_rows"), Some("3"));
}

#[test]
fn a_query_of_diesels_own_is_told_without_them() {
    let query = told(TraceOptions::new(), |conn| {
        let deleted = diesel::delete(books::table.find(1)).execute(conn);
        assert_eq!(deleted, Ok(1));
    });
    assert_eq!(query.fields.get("db.query.summary"), Some("DELETE books"));
    assert_eq!(query.sql(), "DELETE FROM `books` WHERE (`books`.`id` = ?)");
    for field in ["upfront.spec", "db.response.returned_rows", "error.type", "code.file.path"] {
        assert_eq!(query.fields.get(field), None, "{field}");
    }
    assert_eq!(query.span, None);
}

#[test]
fn a_query_that_fails_is_a_warning() {
    let query = told(TraceOptions::new(), |conn| {
        insert(conn).expect_err("there is a Jane");
    });
    assert_eq!(query.level, Level::WARN);
    assert_eq!(query.fields.get("message"), Some("query failed"));
    assert_eq!(query.fields.get("error.type"), Some("UniqueViolation"));
    let message = query.fields.get("exception.message");
    assert_eq!(message, Some("UNIQUE constraint failed: authors.name"));
    assert_eq!(query.fields.get("db.query.summary"), Some("INSERT authors"));
}

#[test]
fn transactions_are_told() {
    let seen = Seen::all(TraceOptions::new());
    let conn = &mut watched();
    let rolled_back = conn.transaction(|conn| {
        diesel::delete(books::table).execute(conn)?;
        Err::<(), _>(diesel::result::Error::RollbackTransaction)
    });
    assert_eq!(rolled_back, Err(diesel::result::Error::RollbackTransaction));
    let queries = seen.queries();
    let sql: Vec<_> = queries.iter().map(|query| query.sql()).collect();
    assert_eq!(sql, ["BEGIN", "DELETE FROM `books`", "ROLLBACK"]);
}

#[test]
fn binds_are_told_if_the_program_says_so() {
    let delete = |conn: &mut SqliteConnection| {
        let deleted = diesel::delete(books::table.filter(books::title.eq("Emma"))).execute(conn);
        assert_eq!(deleted, Ok(1));
    };
    let query = told(TraceOptions::new(), delete);
    assert!(!format!("{query:?}").contains("Emma"), "{query:?}");
    let query = told(TraceOptions::new().binds(), delete);
    assert_eq!(query.fields.get("upfront.binds"), Some("[\"Emma\"]"));
    assert!(!query.sql().contains("Emma"));
}

#[test]
fn call_sites_are_told_if_the_program_says_so() {
    let mut line = 0;
    let query = told(TraceOptions::new().call_sites(), |conn| {
        line = line!() + 1;
        assert_eq!(diesel::delete(books::table).execute(conn), Ok(3));
    });
    assert_eq!(query.fields.get("code.file.path"), Some(file!()));
    assert_eq!(query.fields.get("code.line.number"), Some(&*line.to_string()));
    let function = query.fields.get("code.function.name");
    assert!(function.is_some_and(|name| name.contains("call_sites_are_told")), "{function:?}");
}
