//! Prints what it costs to watch a connection, for each query.
//!
//! The same queries run in turn on connections that are watched in different ways, and each is compared with the one that
//! is not, round by round.
#![allow(missing_docs)]

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use upfront::{LoadSpec, QueryLog, Scope};
use upfront_benches::measure::{in_turn, timed};
use upfront_benches::schema::{Author, Book, Publisher, authors};

/// How many queries are timed at once: as many as take longer than the shortest time that is measured, so that they are
/// run once in each round.
const QUERIES: usize = 2_000;

/// How long the rounds of one case may take in all.
const TIME: Duration = Duration::from_secs(10);

#[derive(LoadSpec)]
#[load(Publisher)]
struct PublisherName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Author)]
struct AuthorCard {
    name: String,
    #[load(join)]
    publisher: Option<PublisherName>,
}

#[derive(LoadSpec)]
#[load(Book, max_queries = 1)]
struct BookCard {
    title: String,
    #[load(join)]
    author: AuthorCard,
}

/// The ways in which a connection is watched.
const WAYS: [&str; 5] =
    ["watched, nobody listens", "log", "log with binds", "log with call sites", "scope"];

fn main() {
    // `cargo test --all-targets` runs this without `--bench`: then nothing is measured.
    let measured = std::env::args().any(|arg| arg == "--bench");
    println!("| query | way | microseconds more for each query | time / not watched |");
    println!("| --- | --- | ---: | ---: |");
    compare("an author by its key, plain Diesel", measured, |conn| {
        let name: String =
            authors::table.find(1).select(authors::name).first(conn).expect("an author");
        assert_eq!(name, "Ann");
    });
    compare("a book with two joins, spec", measured, |conn| {
        let card = BookCard::query().find(1).first(conn).expect("a book");
        assert_eq!((card.title.as_str(), card.author.name.as_str()), ("Atlas", "Ann"));
        assert!(card.author.publisher.is_some_and(|publisher| publisher.name == "Ace"));
    });
}

/// Prints what each way adds to the time of a query.
fn compare(query: &str, measured: bool, run: fn(&mut SqliteConnection)) {
    let mut plain = library();
    let mut watched: Vec<_> = WAYS.iter().map(|_| library()).collect();
    for conn in &mut watched {
        upfront::watch(conn).expect("nobody else instruments it");
    }
    let run_all = |conn: &mut SqliteConnection| (0..QUERIES).for_each(|_| run(conn));
    let mut time = |version: usize| {
        let Some(way) = version.checked_sub(1) else {
            return timed(|| run_all(&mut plain));
        };
        let conn = &mut watched[way];
        let options = QueryLog::options().capacity(QUERIES);
        let log = match way {
            0 => return timed(|| run_all(conn)),
            1 => options.attach(conn),
            2 => options.binds().attach(conn),
            3 => options.call_sites().attach(conn),
            _ => {
                let scope = Scope::new("bench");
                return timed(|| scope.run(|| run_all(conn)));
            }
        };
        let log = log.expect("nobody else instruments it");
        let time = timed(|| run_all(conn));
        assert_eq!(log.len(), QUERIES);
        time
    };
    if !measured {
        (0..=WAYS.len()).for_each(|version| assert!(time(version) > Duration::ZERO));
        return;
    }
    let rounds = in_turn::<6>(TIME, time);
    for (way, name) in WAYS.iter().enumerate() {
        let added = median(rounds.iter().map(|times| times[way + 1] - times[0]));
        let ratio = median(rounds.iter().map(|times| times[way + 1] / times[0]));
        let micros = added * 1e6 / QUERIES as f64;
        println!("| {query} | {name} | {micros:.2} | {ratio:.2} |");
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn library() -> SqliteConnection {
    let mut conn =
        SqliteConnection::establish(":memory:").expect("SQLite opens a database in memory");
    conn.batch_execute(&format!(
        "{}
        INSERT INTO publishers VALUES (1, 'Ace', '');
        INSERT INTO authors VALUES (1, 'Ann', '', 0, 1);
        INSERT INTO books VALUES (1, 'Atlas', '', '0', 1, 1);",
        include_str!("src/schema.sql")
    ))
    .expect("the schema is valid SQL");
    conn
}
