//! Logs of queries.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use upfront::{LoggedQuery, QueryLog, RelationDsl, Scope};

use crate::library::{Author, AuthorName, AuthorPage, Book, BookCard, TagName};
use crate::library::{author, authors, books, library};

fn asked_by(query: &LoggedQuery) -> (Option<&str>, Option<&str>, Option<&str>) {
    (query.spec(), query.field(), query.relation())
}

fn counted(log: &QueryLog) -> Vec<LoggedQuery> {
    log.queries().into_iter().filter(LoggedQuery::is_counted).collect()
}

#[test]
fn a_plain_query_is_kept_with_its_sql_and_duration() {
    let conn = &mut library(3);
    let log = QueryLog::attach(conn).unwrap();
    let names: Vec<String> =
        authors::table.filter(authors::id.gt(1)).select(authors::name).load(conn).unwrap();
    assert_eq!(names.len(), 2);
    let [query] = &log.queries()[..] else { panic!("one query ran: {log}") };
    assert_eq!(query.sql(), "SELECT `authors`.`name` FROM `authors` WHERE (`authors`.`id` > ?)");
    assert!(query.duration().is_some());
    assert_eq!((query.binds(), query.rows(), query.error()), (None, None, None));
    assert_eq!(asked_by(query), (None, None, None));
}

#[test]
fn binds_are_kept_on_request_only() {
    let conn = &mut library(3);
    let plain = QueryLog::attach(conn).unwrap();
    authors::table.find(2).first::<Author>(conn).unwrap();
    let curious = QueryLog::options().binds().attach(conn).unwrap();
    authors::table.find(3).first::<Author>(conn).unwrap();
    assert!(plain.queries().iter().all(|query| query.binds().is_none()));
    let queries = curious.queries();
    assert_eq!(queries.len(), 1);
    assert_eq!(queries[0].binds(), Some("[3, 1]"));
    assert_eq!(queries[0].sql(), plain.queries()[0].sql());
}

#[test]
fn nothing_shows_values_to_those_who_did_not_ask_for_them() {
    let conn = &mut library(3);
    let curious = QueryLog::options().binds().attach(conn).unwrap();
    let plain = QueryLog::attach(conn).unwrap();
    let scope = Scope::new("scope").threshold(2);
    let watching = scope.watch(conn).unwrap();
    for secret in [4711, 4711] {
        authors::table.find(secret).first::<Author>(conn).unwrap_err();
    }
    let report = scope.report();
    assert_eq!(report.n_plus_one().len(), 1);
    assert!(format!("{curious:?}").contains("4711"), "{curious:?}");
    for shown in [
        format!("{plain:?} {plain}"),
        format!("{scope:?} {watching:?}"),
        format!("{report:?} {report} {:?}", report.n_plus_one()),
    ] {
        assert!(!shown.contains("4711"), "{shown}");
    }
}

#[test]
fn the_queries_of_a_load_say_why_they_run_and_how_many_rows_came() {
    let conn = &mut library(3);
    let log = QueryLog::attach(conn).unwrap();
    let line = line!() + 1;
    let pages = AuthorPage::query().filter(authors::id.le(2)).load(conn).unwrap();
    assert_eq!(pages.len(), 2);
    let queries = counted(&log);
    let why: Vec<_> = queries.iter().map(asked_by).collect();
    assert_eq!(
        why,
        [
            (Some("AuthorPage"), None, None),
            (Some("AuthorPage"), Some("works"), Some("books")),
            (Some("TaggedBook"), Some("tags"), Some("tags")),
        ]
    );
    assert!(queries.iter().all(|query| query.rows() == Some(2)), "{log}");
    for query in &queries {
        let site = query.call_site().expect("a spec knows where it was asked for");
        assert_eq!(site.to_string(), format!("tests/watch/log.rs:{line}"));
    }
}

#[test]
fn rows_that_are_streamed_are_counted_as_far_as_they_were_read() {
    let conn = &mut library(5);
    let log = QueryLog::attach(conn).unwrap();
    let mut rows = BookCard::query().load_iter(conn).unwrap();
    rows.next().unwrap().unwrap();
    rows.next().unwrap().unwrap();
    drop(rows);
    BookCard::query().filter(books::id.lt(0)).load(conn).unwrap();
    let rows: Vec<_> = log.queries().iter().map(LoggedQuery::rows).collect();
    assert_eq!(rows, [Some(2), Some(0)]);
}

#[test]
fn rows_loaded_onto_others_say_their_relation() {
    let conn = &mut library(3);
    let log = QueryLog::attach(conn).unwrap();
    let authors = [Author { id: 2, name: String::new() }];
    let line = line!() + 1;
    let books = author::books.load_onto::<crate::library::TaggedBook>(&authors, conn).unwrap();
    assert_eq!(books[0][0].tags[0], TagName { name: "tag 2".into() });
    let queries = counted(&log);
    let why: Vec<_> = queries.iter().map(asked_by).collect();
    assert_eq!(
        why,
        [
            (Some("TaggedBook"), None, Some("books")),
            (Some("TaggedBook"), Some("tags"), Some("tags"))
        ]
    );
    assert_eq!(queries[0].call_site().and_then(|site| site.line()), Some(line));
}

#[test]
fn chunks_and_inline_specs_say_where_they_were_written() {
    let conn = &mut library(3);
    let log = QueryLog::attach(conn).unwrap();
    let first = line!() + 1;
    let chunks: Vec<_> = BookCard::query().load_chunks(2, conn).collect();
    assert_eq!(chunks.len(), 2);
    let second = line!() + 1;
    let titles = upfront::load!(Book { title }).load(conn).unwrap();
    assert_eq!(titles.len(), 3);
    let lines: Vec<_> =
        log.queries().iter().map(|query| query.call_site().unwrap().line().unwrap()).collect();
    assert_eq!(lines, [first, first, second]);
}

#[test]
fn plain_queries_are_found_on_the_stack_on_request() {
    let conn = &mut library(3);
    let log = QueryLog::options().call_sites().attach(conn).unwrap();
    let line = line!() + 1;
    let _: i64 = authors::table.count().get_result(conn).unwrap();
    let site = log.queries()[0].call_site().expect("tests have debug information");
    assert_eq!(site.to_string(), format!("tests/watch/log.rs:{line}"));

    let other = QueryLog::attach(conn).unwrap();
    drop(log);
    let _: i64 = authors::table.count().get_result(conn).unwrap();
    assert_eq!(other.queries()[0].call_site(), None);
}

#[test]
fn a_failed_query_has_its_error_and_the_next_one_has_none() {
    let conn = &mut library(1);
    let log = QueryLog::attach(conn).unwrap();
    diesel::sql_query("SELECT * FROM nowhere").execute(conn).unwrap_err();
    AuthorName::query().load(conn).unwrap();
    let queries = log.queries();
    assert_eq!(queries.len(), 2);
    assert!(queries[0].error().is_some_and(|error| error.contains("nowhere")), "{queries:?}");
    assert_eq!(queries[1].error(), None);
}

#[test]
fn statements_that_begin_and_end_transactions_are_kept_and_not_counted() {
    let conn = &mut library(1);
    let log = QueryLog::attach(conn).unwrap();
    conn.transaction(|conn| {
        conn.transaction(|conn| AuthorPage::query().load(conn))?;
        diesel::delete(authors::table).execute(conn)
    })
    .unwrap();
    assert_eq!(log.len(), 4, "{log}");
    let control: Vec<_> = log
        .queries()
        .iter()
        .filter(|query| !query.is_counted())
        .map(|query| query.sql().split(' ').next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(control, ["BEGIN", "SAVEPOINT", "RELEASE", "COMMIT"]);
}

#[test]
fn a_log_keeps_the_last_queries_only() {
    let conn = &mut library(4);
    let log = QueryLog::options().capacity(2).binds().attach(conn).unwrap();
    for id in 1..=4 {
        AuthorName::query().find(id).first(conn).unwrap();
    }
    let binds: Vec<_> =
        log.queries().iter().map(|query| query.binds().unwrap().to_owned()).collect();
    assert_eq!(binds, ["[3, 1]", "[4, 1]"]);
}

#[test]
fn a_log_is_emptied_and_goes_on() {
    let conn = &mut library(1);
    let log = QueryLog::attach(conn).unwrap();
    AuthorName::query().load(conn).unwrap();
    assert_eq!(log.take().len(), 1);
    assert!(log.is_empty());
    AuthorName::query().load(conn).unwrap();
    BookCard::query().load(conn).unwrap();
    assert_eq!(log.len(), 2);
}

#[test]
fn several_logs_and_several_connections() {
    let (one, other) = (&mut library(1), &mut library(1));
    let both = QueryLog::attach(one).unwrap();
    both.attach_to(other).unwrap();
    both.attach_to(other).unwrap();
    let second = QueryLog::attach(other).unwrap();
    AuthorName::query().load(one).unwrap();
    BookCard::query().load(other).unwrap();
    let specs = |log: &QueryLog| log.queries().iter().map(LoggedQuery::spec).collect::<Vec<_>>();
    assert_eq!(specs(&both), [Some("AuthorName"), Some("BookCard")]);
    assert_eq!(specs(&second), [Some("BookCard")]);
}

#[test]
fn a_dropped_log_hears_nothing_and_its_copy_goes_on() {
    let conn = &mut library(1);
    let log = QueryLog::attach(conn).unwrap();
    let copy = log.clone();
    drop(log);
    AuthorName::query().load(conn).unwrap();
    assert_eq!(copy.len(), 1);
    drop(copy);
    AuthorName::query().load(conn).unwrap();
    assert_eq!(QueryLog::attach(conn).unwrap().len(), 0);
}

#[test]
fn a_query_that_was_announced_and_never_sent_explains_no_other() {
    let conn = &mut library(1);
    let log = QueryLog::attach(conn).unwrap();
    // The limit is told before anything is sent.
    let wrong = AuthorPage::query().prefetch(AuthorPage::works, |books| books.limit(-1));
    wrong.load(conn).unwrap_err();
    let _: i64 = authors::table.count().get_result(conn).unwrap();
    let last = log.queries().pop().unwrap();
    assert_eq!(asked_by(&last), (None, None, None));
}

#[test]
fn several_statements_in_one_text_are_one_query() {
    let conn = &mut library(1);
    let log = QueryLog::attach(conn).unwrap();
    conn.batch_execute("DELETE FROM books; DELETE FROM authors;").unwrap();
    assert_eq!(log.queries()[0].sql(), "DELETE FROM books; DELETE FROM authors;");
    assert_eq!(log.len(), 1);
}

#[test]
fn the_table_has_the_specs_and_the_places() {
    let conn = &mut library(2);
    let log = QueryLog::attach(conn).unwrap();
    AuthorPage::query().find(1).first(conn).unwrap();
    let text = log.to_string();
    for part in ["AuthorPage.works", "TaggedBook.tags", "tests/watch/log.rs:"] {
        assert!(text.contains(part), "{text}");
    }
}
