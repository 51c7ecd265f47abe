//! The suite on SQLite.

mod suite;
mod sync;

mod target {
    pub(crate) use crate::sync::{RunQueryDsl, Runtime, connect, instrument, run_batch};

    pub(crate) const DATABASE: targets::Database = targets::Database::Sqlite;

    pub(crate) type Backend = diesel::sqlite::Sqlite;
    pub(crate) type Connection = diesel::SqliteConnection;
}

fn main() -> std::process::ExitCode {
    targets::harness::main("sqlite", target::DATABASE, [suite::tests(), sync::tests()].concat())
}
