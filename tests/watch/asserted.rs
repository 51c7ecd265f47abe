//! `assert_num_queries!`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use diesel::connection::InstrumentationEvent;
use diesel::prelude::*;
use upfront::assert_num_queries;

use crate::library::{Author, AuthorName, AuthorPage, BookCard, authors, library};

/// The text of the panic.
#[track_caller]
fn panic_of(run: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(run)).expect_err("this is to panic");
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(other) => (*other.downcast::<&str>().expect("a panic with a text")).to_owned(),
    }
}

#[test]
fn gives_the_value_of_the_block() -> QueryResult<()> {
    let conn = &mut library(3);
    let pages = assert_num_queries!(conn, 3, { AuthorPage::query().load(conn)? });
    assert_eq!(pages.len(), 3);
    let name = assert_num_queries!(conn, 1, AuthorName::query().find(2).first(conn)?.name);
    assert_eq!(name, "author 2");
    assert_num_queries!(conn, 0, {});
    Ok(())
}

#[test]
fn gives_its_value_where_there_are_no_more_than_so_many() -> QueryResult<()> {
    let conn = &mut library(3);
    for count in 0..=2 {
        let value = assert_num_queries!(conn, at_most 2, {
            for _ in 0..count {
                BookCard::query().load(conn)?;
            }
            count
        });
        assert_eq!(value, count);
    }
    let text = panic_of(|| {
        assert_num_queries!(conn, at_most 2, { AuthorPage::query().load(conn).unwrap() });
    });
    assert!(text.starts_with("expected at most 2 queries, 3 ran"), "{text}");
    Ok(())
}

#[test]
fn tells_which_queries_ran_with_duplicates_and_call_sites() {
    let conn = &mut library(3);
    let mut lines = (0, 0);
    let text = panic_of(|| {
        assert_num_queries!(conn, 2, {
            lines.0 = line!() + 1;
            AuthorName::query().load(conn).unwrap();
            for id in [1, 2, 2] {
                lines.1 = line!() + 1;
                let _: Author = authors::table.find(id).first(conn).unwrap();
            }
        });
    });
    assert!(text.starts_with("expected 2 queries, 4 ran"), "{text}");
    for part in [
        &format!("asserted.rs:{}", lines.0),
        &format!("asserted.rs:{}", lines.1),
        "`AuthorName`",
        "3 times",
    ] {
        assert!(text.contains(part), "`{part}` is not in\n{text}");
    }
}

#[test]
fn too_few_are_told_too() {
    let conn = &mut library(3);
    let text = panic_of(|| assert_num_queries!(conn, 1, {}));
    assert_eq!(text, "expected 1 query, none ran");
    let text = panic_of(|| {
        assert_num_queries!(conn, 2, { AuthorName::query().load(conn).map(drop).unwrap() });
    });
    assert!(text.starts_with("expected 2 queries, 1 ran"), "{text}");
}

#[test]
fn the_guard_counts_to_the_end_of_its_scope() {
    let conn = &mut library(3);
    {
        let _guard = assert_num_queries!(conn, 3);
        AuthorPage::query().load(conn).unwrap();
    }
    let line = line!() + 2;
    let text = panic_of(|| {
        let _guard = assert_num_queries!(conn, at_most 2);
        AuthorPage::query().load(conn).unwrap();
    });
    assert!(text.contains(&format!("asserted.rs:{line}")), "{text}");
    assert!(text.contains("expected at most 2 queries, 3 ran"), "{text}");
    // Nothing is left behind.
    AuthorPage::query().load(conn).unwrap();
}

#[test]
fn a_connection_that_lost_its_watch_on_the_way_is_told() {
    let conn = &mut library(3);
    let text = panic_of(|| {
        assert_num_queries!(conn, 1, {
            conn.set_instrumentation(|_: InstrumentationEvent<'_>| {});
            AuthorName::query().load(conn).unwrap();
        });
    });
    assert!(
        text.starts_with("expected 1 query, none ran\nhelp: the connection is not watched"),
        "{text}"
    );
    let conn = &mut library(3);
    let text = panic_of(|| assert_num_queries!(conn, 1, {}));
    assert_eq!(text, "expected 1 query, none ran");
}

#[test]
fn asserts_can_be_in_each_other() {
    let conn = &mut library(3);
    assert_num_queries!(conn, 4, {
        AuthorName::query().load(conn).unwrap();
        assert_num_queries!(conn, 3, { AuthorPage::query().load(conn).unwrap() })
    });
}

#[test]
fn an_error_or_panic_in_the_block_is_the_one_that_is_told() {
    let conn = &mut library(3);
    let run = |conn: &mut SqliteConnection| -> QueryResult<AuthorName> {
        let name = assert_num_queries!(conn, 7, { AuthorName::query().find(100).first(conn)? });
        Ok(name)
    };
    // The number is wrong as well, and nothing is told of it: the block has no value.
    assert_eq!(run(conn), Err(diesel::result::Error::NotFound));
    let fail = || panic!("in the block");
    let text = panic_of(|| assert_num_queries!(conn, 7, { fail() }));
    assert_eq!(text, "in the block");
}

#[test]
fn owned_connections_are_borrowed() {
    let mut conn = library(1);
    assert_num_queries!(&mut conn, 1, { AuthorName::query().load(&mut conn).unwrap() });
}

#[test]
fn the_number_is_any_expression() {
    let conn = &mut library(1);
    assert_num_queries!(conn, AuthorPage::QUERIES, { AuthorPage::query().load(conn).unwrap() });
}
