//! The suite on PostgreSQL, by diesel-async.

mod asynchronous;
mod suite;

mod target {
    pub(crate) use crate::asynchronous::{RunQueryDsl, Runtime, connect, instrument, run_batch};

    pub(crate) const DATABASE: targets::Database = targets::Database::Postgres;

    pub(crate) type Backend = diesel::pg::Pg;
    pub(crate) type Connection = diesel_async::AsyncPgConnection;
}

fn main() -> std::process::ExitCode {
    targets::harness::main(
        "postgres_async",
        target::DATABASE,
        [suite::tests(), asynchronous::tests()].concat(),
    )
}
