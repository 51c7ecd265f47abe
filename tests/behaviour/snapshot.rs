//! A load sees one state of the database, whatever others write meanwhile.

use std::path::{Path, PathBuf};

use diesel::connection::{InstrumentationEvent, SimpleConnection};
use diesel::prelude::*;

use crate::library::*;
use crate::support::{Event, Trace};

/// A database file that is gone with its test.
struct File(PathBuf);

impl File {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("{name}-{}.sqlite", std::process::id()));
        let file = Self(path);
        file.remove();
        file
    }

    /// Opens the file with this journal; with a log of its own (`WAL`), a reader does not keep a writer out.
    fn open(&self, journal: &str) -> SqliteConnection {
        let path = self.0.to_str().expect("the path of the target directory is UTF-8");
        let mut conn = SqliteConnection::establish(path).expect("SQLite opens the file");
        conn.batch_execute(&format!("PRAGMA journal_mode = {journal}; PRAGMA busy_timeout = 0"))
            .unwrap();
        conn
    }

    fn remove(&self) {
        for suffix in ["", "-wal", "-shm"] {
            // What is not there need not be removed.
            let _ = std::fs::remove_file(format!("{}{suffix}", self.0.display()));
        }
    }
}

impl Drop for File {
    fn drop(&mut self) {
        self.remove();
    }
}

/// Lets `writer` run `sql` when the `nth` query begins on `conn`, counted from one.
fn write_at_query(
    conn: &mut SqliteConnection,
    nth: usize,
    mut writer: SqliteConnection,
    sql: &'static str,
) {
    let mut queries = 0;
    conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            queries += usize::from(query.to_string().starts_with("SELECT"));
            if queries == nth {
                writer.batch_execute(sql).expect("a reader does not keep a writer out");
                queries += 1;
            }
        }
    });
}

const WRITE: &str = "
    INSERT INTO books VALUES (9, 'Zebra', 1, NULL);
    DELETE FROM books WHERE id = 1;
    UPDATE authors SET name = 'Eve' WHERE id = 2;
";

#[test]
fn a_write_between_the_queries_of_a_load_is_not_seen() {
    let file = File::new("between");
    let conn = &mut file.open("WAL");
    conn.batch_execute(SCHEMA).unwrap();
    conn.batch_execute(ROWS).unwrap();
    write_at_query(conn, 2, file.open("WAL"), WRITE);
    let load = |conn: &mut SqliteConnection| {
        let shelves = Shelf::query().order(authors::id).load(conn).unwrap();
        shelves.iter().map(Shelf::summary).collect::<Vec<_>>()
    };
    let before = load(conn);
    assert_eq!(before[0], ("Ann".into(), vec!["Atlas".into(), "Bones".into()]));
    assert_eq!(before[1], ("Bob".into(), vec!["Comet".into()]));
    // The write did happen: the next load sees it.
    let after = load(conn);
    assert_eq!(after[0], ("Ann".into(), vec!["Bones".into(), "Zebra".into()]));
    assert_eq!(after[1].0, "Eve");
}

/// The shelves of all authors as `load` gives them, while the books of one are deleted between its two queries.
fn shelves_with_a_delete_between(
    name: &str,
    load: impl FnOnce(&mut SqliteConnection) -> Vec<(String, Vec<String>)>,
) -> Vec<(String, Vec<String>)> {
    let file = File::new(name);
    let conn = &mut file.open("WAL");
    conn.batch_execute(SCHEMA).unwrap();
    conn.batch_execute(ROWS).unwrap();
    write_at_query(conn, 2, file.open("WAL"), "DELETE FROM books WHERE author_id = 1");
    let shelves = load(conn);
    assert_eq!(Title::query().load(conn).unwrap().len(), 1, "the books were deleted");
    shelves
}

#[test]
fn a_snapshot_shows_what_queries_by_hand_miss() {
    let by_hand = shelves_with_a_delete_between("by-hand", |conn| {
        let authors: Vec<(i32, String)> = authors::table
            .order(authors::id)
            .select((authors::id, authors::name))
            .load(conn)
            .unwrap();
        let books: Vec<(i32, String)> = books::table
            .order(books::title)
            .select((books::author_id, books::title))
            .load(conn)
            .unwrap();
        let of = |id| books.iter().filter(move |(author, _)| *author == id);
        let shelf = |(id, name)| (name, of(id).map(|(_, title)| title.clone()).collect());
        authors.into_iter().map(shelf).collect()
    });
    assert_eq!(by_hand[0], ("Ann".into(), vec![]));

    let snapshot = shelves_with_a_delete_between("snapshot", |conn| {
        let shelves = Shelf::query().snapshot().order(authors::id).load(conn).unwrap();
        shelves.iter().map(Shelf::summary).collect()
    });
    assert_eq!(snapshot[0], ("Ann".into(), vec!["Atlas".into(), "Bones".into()]));

    let in_a_transaction = shelves_with_a_delete_between("in-a-transaction", |conn| {
        conn.transaction(|conn| {
            let shelves = Shelf::query().snapshot().order(authors::id).load(conn)?;
            QueryResult::Ok(shelves.iter().map(Shelf::summary).collect())
        })
        .unwrap()
    });
    assert_eq!(in_a_transaction, snapshot);
}

#[test]
fn a_snapshot_begins_a_transaction_only_where_it_needs_one() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    Shelf::query().snapshot().load(conn).unwrap();
    assert_eq!(trace.transactions(), [Event::Begin(1), Event::Commit(1)]);
    Title::query().snapshot().load(conn).unwrap();
    assert_eq!(trace.transactions(), []);
    conn.transaction(|conn| Shelf::query().snapshot().load(conn)).unwrap();
    assert_eq!(trace.transactions(), [Event::Begin(1), Event::Commit(1)]);
}

#[test]
fn a_load_ends_its_read_so_that_later_loads_see_later_writes() {
    let file = File::new("later");
    let (conn, writer) = (&mut file.open("WAL"), &mut file.open("WAL"));
    conn.batch_execute(SCHEMA).unwrap();
    conn.batch_execute(ROWS).unwrap();
    for id in 10..13 {
        let before = Shelf::query().find(3).first(conn).unwrap().books.len();
        let sql = format!("INSERT INTO books VALUES ({id}, 'more', 3, NULL)");
        writer.batch_execute(&sql).unwrap();
        assert_eq!(Shelf::query().find(3).first(conn).unwrap().books.len(), before + 1);
    }
    // A reader that stayed behind would keep the log from being written back whole.
    writer.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let log = std::fs::metadata(format!("{}-wal", file.0.display())).unwrap().len();
    assert_eq!(log, 0);
}

#[test]
fn a_load_that_meets_a_lock_fails_and_leaves_the_connection_usable() {
    let file = File::new("locked");
    let (conn, writer) = (&mut file.open("DELETE"), &mut file.open("DELETE"));
    conn.batch_execute(SCHEMA).unwrap();
    conn.batch_execute(ROWS).unwrap();
    writer.batch_execute("BEGIN EXCLUSIVE; DELETE FROM books").unwrap();
    let error = Shelf::query().load(conn).unwrap_err();
    assert_eq!(error.to_string(), "database is locked");
    writer.batch_execute("COMMIT").unwrap();
    assert_eq!(Shelf::query().find(1).first(conn).unwrap().summary(), ("Ann".into(), vec![]));
    // Without a log, a reader that had not ended would keep the writer out.
    writer.batch_execute("DELETE FROM authors").unwrap();
    assert_eq!(Shelf::query().load(conn).unwrap(), []);
}
