//! N+1, found at run time.

use diesel::prelude::*;
use upfront::{LoggedQuery, Policy, RelationDsl, Report, Scope};

use crate::library::{Author, AuthorName, AuthorPage, Book, BookCard, BookPage};
use crate::library::{author, authors, books, library};

/// The only thing that was found.
#[track_caller]
fn only(report: &Report) -> &upfront::NPlusOne {
    match report.n_plus_one() {
        [only] => only,
        others => panic!("{} places: {report}", others.len()),
    }
}

#[test]
fn a_query_for_each_row_of_another_is_reported_once_with_its_line() {
    let conn = &mut library(100);
    let scope = Scope::new("list of books");
    let _watching = scope.watch(conn).unwrap();
    let books: Vec<Book> = books::table.load(conn).unwrap();
    let line = line!() + 2;
    for book in &books {
        let author: Author = authors::table.find(book.author_id).first(conn).unwrap();
        assert_eq!(author.id, book.author_id);
    }

    let report = scope.report();
    assert_eq!(report.queries(), 101);
    let found = only(&report);
    assert_eq!(found.count(), 100);
    let site = found.call_site().expect("tests have debug information");
    assert_eq!(site.to_string(), format!("tests/watch/repeated.rs:{line}"));
    assert!(found.query().sql().contains("FROM `authors`"));
    let text = report.to_string();
    for part in ["101 queries", &format!("repeated.rs:{line}"), "100 times", "`authors`", "`id`"] {
        assert!(text.contains(part), "`{part}` is not in\n{text}");
    }
}

#[test]
fn the_same_by_a_spec_is_no_finding() {
    let conn = &mut library(100);
    let scope = Scope::new("list of books");
    let _watching = scope.watch(conn).unwrap();
    assert_eq!(BookCard::query().load(conn).unwrap().len(), 100);
    assert_eq!(scope.report().queries(), 1);
    assert_eq!(BookPage::query().load(conn).unwrap().len(), 100);
    let report = scope.report();
    assert_eq!(report.queries(), 3);
    assert!(report.n_plus_one().is_empty(), "{report}");
}

#[test]
fn a_spec_that_is_loaded_in_a_loop_is_reported_once_with_what_replaces_it() {
    let conn = &mut library(10);
    let scope = Scope::new("pages");
    let _watching = scope.watch(conn).unwrap();
    let line = line!() + 2;
    for id in 1..=10 {
        AuthorPage::query().find(id).first(conn).unwrap();
    }
    let report = scope.report();
    assert_eq!(report.queries(), 30);
    let found = only(&report);
    assert_eq!(
        (found.count(), found.query().spec(), found.query().field()),
        (10, Some("AuthorPage"), None)
    );
    assert_eq!(found.call_site().and_then(|site| site.line()), Some(line));
    let text = report.to_string();
    assert!(text.contains("`AuthorPage::query()`") && text.contains("prefetch"), "{text}");
}

#[test]
fn what_is_loaded_in_place_is_called_as_it_is_written() {
    let conn = &mut library(10);
    let scope = Scope::new("in place");
    let _watching = scope.watch(conn).unwrap();
    for id in 1..=10 {
        let author = upfront::load!(Author { name, prefetch books { title } });
        author.filter(authors::id.eq(id)).load(conn).unwrap();
    }
    let report = scope.report();
    assert_eq!(only(&report).query().spec(), Some("load!(Author)"));
    let text = report.to_string();
    assert!(text.contains("help: `load!(Author)` in a loop"), "{text}");
    assert!(!text.contains("query()"), "{text}");
}

#[test]
fn rows_loaded_onto_one_parent_at_a_time_are_reported() {
    let conn = &mut library(10);
    let authors: Vec<Author> = authors::table.load(conn).unwrap();
    let scope = Scope::new("shelves");
    let _watching = scope.watch(conn).unwrap();
    for one in &authors {
        author::books.load_onto::<BookCard>(std::slice::from_ref(one), conn).unwrap();
    }
    let report = scope.report();
    assert_eq!(only(&report).count(), 10);
    assert!(report.to_string().contains("`load_onto`"), "{report}");
}

#[test]
fn fewer_than_the_threshold_are_no_finding() {
    let conn = &mut library(10);
    let run = |times: i32, threshold: usize, conn: &mut SqliteConnection| {
        let scope = Scope::new("few").threshold(threshold);
        let watching = scope.watch(conn).unwrap();
        for id in 0..times {
            AuthorName::query().find(id + 1).first(conn).unwrap();
        }
        drop(watching);
        scope.report().n_plus_one().len()
    };
    assert_eq!(run(4, 5, conn), 0);
    assert_eq!(run(5, 5, conn), 1);
    assert_eq!(run(2, 2, conn), 1);
}

#[test]
fn two_places_are_two_findings_and_lists_of_any_length_are_one() {
    let conn = &mut library(10);
    let scope = Scope::new("two");
    let _watching = scope.watch(conn).unwrap();
    for id in 1..=6 {
        let ids: Vec<i32> = (1..=id).collect();
        let _: Vec<Author> = authors::table.filter(authors::id.eq_any(&ids)).load(conn).unwrap();
        let _: Vec<Author> =
            authors::table.filter(authors::name.eq(format!("author {id}"))).load(conn).unwrap();
    }
    let counts: Vec<_> = scope.report().n_plus_one().iter().map(|found| found.count()).collect();
    assert_eq!(counts, [6, 6]);
}

#[test]
fn the_same_statement_from_different_places_is_no_finding() {
    let conn = &mut library(10);
    let scope = Scope::new("places").threshold(3);
    let _watching = scope.watch(conn).unwrap();
    AuthorName::query().find(1).first(conn).unwrap();
    AuthorName::query().find(2).first(conn).unwrap();
    let _: Author = authors::table.find(1).first(conn).unwrap();
    let _: Author = authors::table.find(2).first(conn).unwrap();
    let report = scope.report();
    assert!(report.n_plus_one().is_empty(), "{report}");
}

#[test]
fn a_function_is_one_place_for_each_line_that_calls_it() {
    fn one(id: i32, conn: &mut SqliteConnection) -> Author {
        authors::table.find(id).first(conn).unwrap()
    }

    let conn = &mut library(3);
    let scope = Scope::new("repository").threshold(3);
    let _watching = scope.watch(conn).unwrap();
    one(1, conn);
    one(2, conn);
    one(3, conn);
    assert!(!scope.report().has_findings(), "{}", scope.report());
    for id in 1..=3 {
        one(id, conn);
    }
    assert_eq!(only(&scope.report()).count(), 3);
}

#[test]
fn chunks_are_meant_to_be_one_query_each() {
    let conn = &mut library(20);
    let scope = Scope::new("chunks");
    let _watching = scope.watch(conn).unwrap();
    let chunks: Vec<_> = AuthorPage::query().load_chunks(2, conn).collect();
    assert_eq!(chunks.len(), 10);
    let report = scope.report();
    // The last one finds that there are no more.
    assert_eq!(report.queries(), 31);
    assert!(report.n_plus_one().is_empty(), "{report}");
}

#[test]
fn transactions_in_a_loop_are_no_finding() {
    let conn = &mut library(1);
    let scope = Scope::new("transactions");
    let _watching = scope.watch(conn).unwrap();
    for _ in 0..10 {
        conn.transaction(|conn| conn.transaction(|_| QueryResult::Ok(()))).unwrap();
    }
    let report = scope.report();
    assert_eq!(report.queries(), 0);
    assert!(report.n_plus_one().is_empty(), "{report}");
}

#[test]
fn what_is_allowed_is_no_finding() {
    let conn = &mut library(10);
    let repeat = |scope: &Scope, conn: &mut SqliteConnection| {
        let _watching = scope.watch(conn).unwrap();
        for id in 1..=10 {
            let _: Author = authors::table.find(id).first(conn).unwrap();
            let _: Book = books::table.find(id).first(conn).unwrap();
        }
    };
    let scope = Scope::new("allowed").allow(|query: &LoggedQuery| query.sql().contains("`books`"));
    repeat(&scope, conn);
    let report = scope.report();
    assert!(only(&report).query().sql().contains("`authors`"));
    assert_eq!(report.queries(), 20);
}

#[test]
fn panics_where_the_policy_says_so() {
    let conn = &mut library(10);
    let made_at = line!() + 2;
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let scope = Scope::new("strict").policy(Policy::Panic);
        let _watching = scope.watch(conn).unwrap();
        for id in 1..=10 {
            let _: Author = authors::table.find(id).first(conn).unwrap();
        }
    }))
    .unwrap_err();
    let text = panic.downcast_ref::<String>().expect("the report");
    assert!(text.starts_with(&format!("tests/watch/repeated.rs:{made_at}:")), "{text}");
    assert!(text.contains("10 times") && text.contains("strict"), "{text}");

    let scope = Scope::new("strict").policy(Policy::Panic);
    let watching = scope.watch(conn).unwrap();
    let _: Author = authors::table.find(1).first(conn).unwrap();
    drop((watching, scope));
}

#[test]
fn a_panic_of_the_test_itself_is_the_one_that_is_told() {
    let conn = &mut library(10);
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let scope = Scope::new("strict").policy(Policy::Panic).budget(1);
        let _watching = scope.watch(conn).unwrap();
        AuthorPage::query().load(conn).unwrap();
        panic!("the test itself");
    }))
    .unwrap_err();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"the test itself"));
}

#[test]
fn a_budget_that_is_exceeded_is_a_finding() {
    let conn = &mut library(2);
    let scope = Scope::new("budget").budget(2);
    let watching = scope.watch(conn).unwrap();
    BookPage::query().load(conn).unwrap();
    assert_eq!(scope.report().exceeded(), None);
    BookCard::query().load(conn).unwrap();
    assert_eq!(scope.report().exceeded(), Some(2));
    let text = scope.report().to_string();
    assert!(text.contains("3 queries") && text.contains("budget of 2"), "{text}");
    drop(watching);
}
