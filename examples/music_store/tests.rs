//! What the example prints, of its own store and of the whole Chinook store, and what it says of files that are none.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::{database, is_closed_pipe, print_store};

/// Everything but the SQL, whose wording is the library's own affair.
const SAMPLE: &str = include_str!("sample.txt");

/// The store that `../shared` has beside a checkout of this repository.
const CHINOOK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/chinook/sqlite.sql");

fn printed(conn: &mut SqliteConnection) -> String {
    let mut out = Vec::new();
    print_store(conn, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Whether this is a line of the query log that holds SQL: "    1. SELECT ..".
fn is_sql(line: &str) -> bool {
    line.split_once(". SELECT ").is_some_and(|(number, _)| number.trim().parse::<u32>().is_ok())
}

/// A file of this name for one test, which is gone when the test is over.
struct TestFile(PathBuf);

impl TestFile {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("music_store_{}_{name}", std::process::id())))
    }

    fn error(&self) -> String {
        match database::open(&self.0) {
            Ok(_) => panic!("{} was opened", self.0.display()),
            Err(error) => error.to_string(),
        }
    }
}

impl Drop for TestFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[test]
fn the_sample_is_printed_as_it_should_be() {
    let printed = printed(&mut database::sample().unwrap());
    let (sql, rest): (Vec<_>, Vec<_>) = printed.lines().partition(|line| is_sql(line));
    assert_eq!(rest.join("\n").trim_end(), SAMPLE.trim_end());
    assert_eq!(sql.len(), 3 + 1 + 2 + 2 + 2 + 2);
}

#[test]
fn a_file_is_printed_as_the_same_store_in_memory() {
    let file = TestFile::new("a file, 100% & #1?.db");
    let mut conn = SqliteConnection::establish(file.0.to_str().unwrap()).unwrap();
    conn.batch_execute(include_str!("sample.sql")).unwrap();
    drop(conn);
    let before = fs::read(&file.0).unwrap();
    assert_eq!(
        printed(&mut database::open(&file.0).unwrap()),
        printed(&mut database::sample().unwrap())
    );
    assert_eq!(fs::read(&file.0).unwrap(), before);
}

#[test]
fn a_file_that_is_not_there_is_not_made() {
    let file = TestFile::new("missing.db");
    assert!(file.error().ends_with("missing.db: there is no such file"), "{}", file.error());
    assert!(!file.0.exists());
}

#[test]
fn a_directory_is_refused() {
    let directory = std::env::temp_dir();
    let error = database::open(&directory).err().unwrap().to_string();
    assert!(error.ends_with(": it is a directory"), "{error}");
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let file = TestFile::new("text.db");
    fs::write(
        &file.0,
        "What is this, that is long enough to be read as the header of a file?\n".repeat(20),
    )
    .unwrap();
    assert!(file.error().ends_with("text.db: file is not a database"), "{}", file.error());
}

#[test]
fn a_database_without_the_tables_is_refused() {
    let file = TestFile::new("other.db");
    let mut conn = SqliteConnection::establish(file.0.to_str().unwrap()).unwrap();
    conn.batch_execute(include_str!("sample.sql")).unwrap();
    conn.batch_execute("DROP TABLE \"InvoiceLine\"").unwrap();
    let error = "not a Chinook store: there is no table InvoiceLine";
    assert!(file.error().ends_with(error), "{}", file.error());
    conn.batch_execute("DROP TABLE \"PlaylistTrack\"").unwrap();
    let error = "not a Chinook store: there are no tables InvoiceLine, PlaylistTrack";
    assert!(file.error().ends_with(error), "{}", file.error());
}

/// The pipe to a reader that has gone.
struct ClosedPipe;

impl Write for ClosedPipe {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_closed_pipe_is_told_from_other_errors() {
    let mut conn = database::sample().unwrap();
    let error = print_store(&mut conn, &mut ClosedPipe).unwrap_err();
    assert!(is_closed_pipe(&*error));
    conn.batch_execute("ALTER TABLE \"Artist\" RENAME TO \"Band\"").unwrap();
    let error = print_store(&mut conn, &mut Vec::new()).unwrap_err();
    assert!(!is_closed_pipe(&*error));
    assert_eq!(error.to_string(), "no such table: Artist");
}

#[test]
fn the_whole_chinook_store_is_printed() {
    let Ok(sql) = fs::read_to_string(CHINOOK) else {
        // Written to the stream itself, for the harness keeps what `eprintln!` says in a test that passes.
        writeln!(io::stderr(), "skipped: there is no Chinook store at {CHINOOK}").unwrap();
        return;
    };
    let mut conn = SqliteConnection::establish(":memory:").unwrap();
    conn.batch_execute(&sql).unwrap();
    let printed = printed(&mut conn);
    for line in [
        "  275 artists, 347 albums",
        "  3503 tracks (* in a playlist)",
        "  24 genres",
        "  Rock (1297 tracks, 826.65 earned)",
        "      2 sold  All Along The Watchtower (U2)",
        "  18 playlists",
        "  8 employees",
        "  59 customers, 412 invoices",
        "  AC/DC: For Those About To Rock We Salute You",
        "   *    5:43   0.99   1 sold  Rock                MPEG audio file              For Those About To Rock (We Salute You)",
        "  Andrew Adams, General Manager",
        "    manages     Nancy Edwards, Michael Mitchell",
        "  Julia Barnett, USA (turns to Steve Johnson)",
        "    2021-12-18  invoice   82   14 lines    13.86",
    ] {
        assert!(printed.lines().any(|printed| printed == line), "not printed: {line}");
    }
    // As many queries as for the handful of rows of the sample: that is what eager loading is for.
    assert_eq!(printed.lines().filter(|line| is_sql(line)).count(), 3 + 1 + 2 + 2 + 2 + 2);
}
