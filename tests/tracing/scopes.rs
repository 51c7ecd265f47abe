//! What scopes find, told as warnings.

use diesel::prelude::*;
use tracing::Level;
use tracing::level_filters::LevelFilter;
use upfront::{Policy, Scope, TraceOptions};

use crate::library::*;
use crate::seen::Seen;

/// Asks for the author of each book, in the line that it gives.
fn list(conn: &mut SqliteConnection) -> QueryResult<u32> {
    for id in books::table.select(books::author_id).load::<i32>(conn)? {
        authors::table.find(id).select(authors::name).first::<String>(conn)?;
    }
    Ok(line!() - 2)
}

#[test]
fn a_query_that_runs_again_and_again_is_a_warning() {
    let seen = Seen::up_to(LevelFilter::WARN, TraceOptions::new());
    let scope = Scope::new("list").threshold(3).policy(Policy::Warn);
    let line = scope.run(|| list(&mut watched())).expect("the tables are there").to_string();
    assert_eq!(seen.events().len(), 0);
    drop(scope);

    let [found] = &seen.events()[..] else { panic!("{:?}", seen.events()) };
    assert_eq!((found.name, found.target), ("upfront.n_plus_one", "upfront::scope"));
    assert_eq!(found.level, Level::WARN);
    assert_eq!(found.fields.get("message"), Some("a query ran 3 times from one place"));
    assert_eq!(found.fields.get("upfront.scope"), Some("list"));
    assert_eq!(found.fields.get("upfront.queries"), Some("3"));
    assert!(found.sql().starts_with("SELECT `authors`.`name` FROM `authors`"), "{}", found.sql());
    assert_eq!(found.fields.get("code.file.path"), Some(file!()));
    assert_eq!(found.fields.get("code.line.number"), Some(&*line));
    let help = found.fields.get("upfront.help").expect("there is help");
    assert!(help.starts_with("rows of `authors` are looked up by `id`"), "{help}");
}

#[test]
fn a_budget_that_is_exceeded_is_a_warning() {
    let seen = Seen::all(TraceOptions::new());
    let scope = Scope::new("list").budget(3).policy(Policy::Warn);
    scope.run(|| list(&mut watched())).expect("the tables are there");
    drop(scope);

    let [found] = &seen.warnings()[..] else { panic!("{:?}", seen.warnings()) };
    assert_eq!((found.name, found.target), ("upfront.budget", "upfront::scope"));
    assert_eq!(found.fields.get("message"), Some("4 queries ran, more than the budget of 3"));
    assert_eq!(found.fields.get("upfront.scope"), Some("list"));
    assert_eq!(found.fields.get("upfront.queries"), Some("4"));
    assert_eq!(found.fields.get("upfront.budget"), Some("3"));
}

#[test]
fn a_scope_in_which_nothing_is_found_tells_nothing() {
    let seen = Seen::all(TraceOptions::new());
    let scope = Scope::new("list").budget(4).policy(Policy::Warn);
    scope.run(|| list(&mut watched())).expect("the tables are there");
    drop(scope);
    assert_eq!(seen.warnings().len(), 0);
}

#[test]
fn a_scope_that_collects_tells_nothing() {
    let seen = Seen::all(TraceOptions::new());
    let scope = Scope::new("list").budget(0).threshold(2);
    scope.run(|| list(&mut watched())).expect("the tables are there");
    assert!(scope.report().has_findings());
    drop(scope);
    assert_eq!(seen.warnings().len(), 0);
}
