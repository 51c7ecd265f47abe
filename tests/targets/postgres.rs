//! The suite on PostgreSQL.

mod suite;
mod sync;

mod target {
    pub(crate) use crate::sync::{RunQueryDsl, Runtime, connect, instrument, run_batch};

    pub(crate) const DATABASE: targets::Database = targets::Database::Postgres;

    pub(crate) type Backend = diesel::pg::Pg;
    pub(crate) type Connection = diesel::PgConnection;
}

fn main() -> std::process::ExitCode {
    targets::harness::main("postgres", target::DATABASE, [suite::tests(), sync::tests()].concat())
}
