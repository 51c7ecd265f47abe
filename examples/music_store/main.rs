//! A music store, printed: artists, tracks, genres, playlists, employees and customers with all that belongs to them, and
//! after each section the SQL that ran for it.
//!
//! Each section has a file: at its top the load specs, which say what is read, below them how it is printed. Begin
//! with `models.rs`, then `artists.rs` and `tracks.rs`.
//!
//! ```sh
//! cargo run --example music_store                 # a small store of its own, in memory
//! cargo run --example music_store -- chinook.db   # the store in a SQLite file
//! ```
//!
//! The tables are those of the [Chinook database](https://github.com/lerocha/chinook-database), whose
//! `Chinook_Sqlite.sql` makes such a file: `sqlite3 chinook.db < Chinook_Sqlite.sql`.

mod artists;
mod charts;
mod customers;
mod database;
mod employees;
mod models;
mod playlists;
mod schema;
#[cfg(test)]
mod tests;
mod text;
mod tracks;

use std::error::Error;
use std::ffi::OsString;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use diesel::SqliteConnection;
use upfront_examples::QueryLog;

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// Prints one section.
type Section = fn(&mut SqliteConnection, &mut dyn Write) -> Result;

const SECTIONS: [(&str, Section); 6] = [
    ("Artists and their albums", artists::print),
    ("Tracks with genre and media type", tracks::print),
    ("Genres and what sells best", charts::print),
    ("Playlists and their tracks", playlists::print),
    ("Employees, their manager and their reports", employees::print),
    ("Customers and their invoices", customers::print),
];

fn main() -> ExitCode {
    match run(std::env::args_os().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads the output has seen enough, as `head` has.
        Err(error) if is_closed_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("music_store: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut args: impl Iterator<Item = OsString>) -> Result {
    let mut conn = match (args.next(), args.next()) {
        (None, _) => database::sample()?,
        (Some(path), None) => database::open(Path::new(&path))?,
        _ => return Err("one SQLite file, or no argument, is expected".into()),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    print_store(&mut conn, &mut out)?;
    out.flush()?;
    Ok(())
}

fn print_store(conn: &mut SqliteConnection, out: &mut dyn Write) -> Result {
    let log = QueryLog::of(conn)?;
    for (heading, print) in SECTIONS {
        writeln!(out, "{heading}\n{}", "=".repeat(heading.len()))?;
        print(conn, out)?;
        log.print(out)?;
        writeln!(out)?;
    }
    Ok(())
}

fn is_closed_pipe(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
