//! Which queries a scope hears of.

use std::thread;

use diesel::prelude::*;
use upfront::{QueryLog, Scope};

use crate::library::{AuthorName, AuthorPage, BookCard, library};

#[test]
fn it_hears_of_what_it_runs_on_watched_connections() {
    let (watched, other) = (&mut library(1), &mut library(1));
    upfront::watch(watched).unwrap();
    let scope = Scope::new("scope");
    let value = scope.run(|| {
        AuthorPage::query().load(other).unwrap();
        AuthorName::query().load(watched).unwrap().len()
    });
    assert_eq!(value, 1);
    AuthorName::query().load(watched).unwrap();
    assert_eq!(scope.report().queries(), 1);
    assert_eq!(scope.report().scope(), "scope");
}

#[test]
fn a_query_is_heard_once_by_a_scope_that_listens_in_two_ways() {
    let conn = &mut library(1);
    let scope = Scope::new("scope");
    let _watching = scope.watch(conn).unwrap();
    let _again = scope.watch(conn).unwrap();
    scope.run(|| scope.run(|| AuthorName::query().load(conn))).unwrap();
    assert_eq!(scope.report().queries(), 1);
}

#[test]
fn a_query_is_heard_once_by_a_scope_in_itself() {
    let conn = &mut library(1);
    upfront::watch(conn).unwrap();
    let (scope, between) = (Scope::new("scope"), Scope::new("between"));
    scope.run(|| between.run(|| scope.run(|| AuthorName::query().load(conn)))).unwrap();
    assert_eq!((scope.report().queries(), between.report().queries()), (1, 1));
}

#[test]
fn the_guard_is_dropped_and_the_connection_is_heard_no_more() {
    let conn = &mut library(1);
    let scope = Scope::new("scope");
    let watching = scope.watch(conn).unwrap();
    AuthorName::query().load(conn).unwrap();
    drop(watching);
    AuthorName::query().load(conn).unwrap();
    assert_eq!(scope.report().queries(), 1);
}

#[test]
fn scopes_in_each_other_both_hear() {
    let conn = &mut library(1);
    upfront::watch(conn).unwrap();
    let (outer, inner) = (Scope::new("outer"), Scope::new("inner"));
    outer.run(|| {
        AuthorName::query().load(conn).unwrap();
        inner.run(|| BookCard::query().load(conn)).unwrap();
    });
    assert_eq!((outer.report().queries(), inner.report().queries()), (2, 1));
}

#[test]
fn threads_have_their_own_scopes() {
    let requests: Vec<_> = (1..=4)
        .map(|count| {
            thread::spawn(move || {
                let conn = &mut library(1);
                upfront::watch(conn).unwrap();
                let scope = Scope::new("request");
                scope
                    .run(|| (0..count).for_each(|_| drop(AuthorName::query().load(conn).unwrap())));
                scope.report().queries()
            })
        })
        .collect();
    let counts: Vec<_> = requests.into_iter().map(|request| request.join().unwrap()).collect();
    assert_eq!(counts, [1, 2, 3, 4]);
}

/// A connection that a thread keeps for itself, and uses once more when the thread ends.
struct Kept(SqliteConnection);

impl Drop for Kept {
    fn drop(&mut self) {
        AuthorPage::query().load(&mut self.0).unwrap();
        diesel::delete(crate::library::tags::table).execute(&mut self.0).unwrap();
    }
}

thread_local! {
    static KEPT: std::cell::RefCell<Option<Kept>> = const { std::cell::RefCell::new(None) };
}

#[test]
fn queries_of_a_thread_that_ends_are_heard_by_the_connection() {
    // What the thread keeps is dropped before what upfront keeps there, or after it, as they were first used.
    for is_kept_first in [false, true] {
        let mut conn = library(1);
        let log = QueryLog::attach(&mut conn).unwrap();
        let ended = thread::spawn(move || {
            if is_kept_first {
                KEPT.set(None);
            }
            Scope::new("scope").run(|| AuthorName::query().load(&mut conn)).unwrap();
            KEPT.set(Some(Kept(conn)));
        });
        ended.join().unwrap();
        assert_eq!(log.len(), 5, "{log}");
    }
}

#[test]
fn a_scope_ends_where_what_it_runs_panics() {
    let conn = &mut library(1);
    upfront::watch(conn).unwrap();
    let scope = Scope::new("scope");
    let run = || scope.run(|| panic!("in the scope"));
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).unwrap_err();
    AuthorName::query().load(conn).unwrap();
    assert_eq!(scope.report().queries(), 0);
}

#[test]
fn logs_and_scopes_hear_of_the_same_query() {
    let conn = &mut library(1);
    let log = QueryLog::attach(conn).unwrap();
    let scope = Scope::new("scope");
    scope.run(|| AuthorPage::query().load(conn)).unwrap();
    assert_eq!((log.len(), scope.report().queries()), (3, 3));
}
