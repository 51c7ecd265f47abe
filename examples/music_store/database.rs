//! Where the rows come from: a file, or a small store of our own.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

diesel::table! {
    sqlite_master (name) {
        name -> Text,
    }
}

/// The tables that a Chinook store has.
const TABLES: [&str; 11] = [
    "Album",
    "Artist",
    "Customer",
    "Employee",
    "Genre",
    "Invoice",
    "InvoiceLine",
    "MediaType",
    "Playlist",
    "PlaylistTrack",
    "Track",
];

/// A small store in memory, with invented rows.
pub(crate) fn sample() -> crate::Result<SqliteConnection> {
    let mut conn = SqliteConnection::establish(":memory:")?;
    conn.batch_execute(include_str!("sample.sql"))?;
    Ok(conn)
}

/// Opens a store that someone else made. It must be there: SQLite would make an empty file of a name that is not.
pub(crate) fn open(path: &Path) -> crate::Result<SqliteConnection> {
    let shown = path.display();
    if !path.try_exists().map_err(|error| format!("cannot open {shown}: {error}"))? {
        return Err(format!("cannot open {shown}: there is no such file").into());
    }
    if path.is_dir() {
        return Err(format!("cannot open {shown}: it is a directory").into());
    }
    // Made absolute, no name of a file begins like one of SQLite's own (`file:..`, `:memory:`).
    let absolute = std::path::absolute(path)?;
    let url = absolute.to_str().ok_or_else(|| format!("cannot open {shown}: not UTF-8"))?;
    let mut conn = SqliteConnection::establish(url)
        .map_err(|error| format!("cannot open {shown}: {error}"))?;
    check_tables(&mut conn).map_err(|error| format!("cannot read {shown}: {error}"))?;
    // Nothing is written to someone's store, by whatever mistake.
    conn.batch_execute("PRAGMA query_only = ON")?;
    Ok(conn)
}

fn check_tables(conn: &mut SqliteConnection) -> crate::Result {
    let present: Vec<String> = sqlite_master::table.select(sqlite_master::name).load(conn)?;
    let missing: Vec<_> = TABLES
        .into_iter()
        .filter(|table| !present.iter().any(|name| name.eq_ignore_ascii_case(table)))
        .collect();
    match missing.as_slice() {
        [] => Ok(()),
        [table] => Err(format!("not a Chinook store: there is no table {table}").into()),
        tables => {
            Err(format!("not a Chinook store: there are no tables {}", tables.join(", ")).into())
        }
    }
}
