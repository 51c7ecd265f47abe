//! The suite on PostgreSQL.

#[macro_use]
mod sync;
#[macro_use]
mod suite;

mod iterators;
mod locks;
mod schemas;

mod target {
    pub(crate) use crate::sync::{
        RunQueryDsl, Runtime, begin, connect, instrument, rollback, run_batch,
    };

    pub(crate) const DATABASE: targets::Database = targets::Database::Postgres;

    pub(crate) type Backend = diesel::pg::Pg;
    pub(crate) type Connection = diesel::PgConnection;

    /// A moment, as exactly as the database has it.
    pub(crate) type Moment = chrono::DateTime<chrono::Utc>;
    pub(crate) type MomentType = diesel::sql_types::Timestamptz;

    pub(crate) fn moment(text: &str) -> Moment {
        text.parse::<chrono::NaiveDateTime>().expect("a moment").and_utc()
    }
}

fn main() -> std::process::ExitCode {
    targets::harness::main(
        "postgres",
        target::DATABASE,
        [suite::tests(), iterators::tests(), locks::tests(), schemas::tests()].concat(),
    )
}
