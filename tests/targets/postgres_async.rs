//! The suite on PostgreSQL, by diesel-async.

#[macro_use]
mod asynchronous;
#[macro_use]
mod suite;

mod locks;
mod schemas;
mod streams;

mod target {
    pub(crate) use crate::asynchronous::{
        RunQueryDsl, Runtime, begin, connect, instrument, rollback, run_batch,
    };

    pub(crate) const DATABASE: targets::Database = targets::Database::Postgres;

    pub(crate) type Backend = diesel::pg::Pg;
    pub(crate) type Connection = diesel_async::AsyncPgConnection;

    /// A moment, as exactly as the database has it.
    pub(crate) type Moment = chrono::DateTime<chrono::Utc>;
    pub(crate) type MomentType = diesel::sql_types::Timestamptz;

    pub(crate) fn moment(text: &str) -> Moment {
        text.parse::<chrono::NaiveDateTime>().expect("a moment").and_utc()
    }
}

fn main() -> std::process::ExitCode {
    targets::harness::main(
        "postgres_async",
        target::DATABASE,
        [suite::tests(), locks::tests(), schemas::tests(), streams::tests()].concat(),
    )
}
