//! The suite on MariaDB, by diesel-async.

#[macro_use]
mod asynchronous;
#[macro_use]
mod suite;

mod locks;
mod streams;

mod target {
    pub(crate) use crate::asynchronous::{
        RunQueryDsl, Runtime, begin, connect, instrument, rollback, run_batch,
    };

    pub(crate) const DATABASE: targets::Database = targets::Database::Mariadb;

    pub(crate) type Backend = diesel::mysql::Mysql;
    pub(crate) type Connection = diesel_async::AsyncMysqlConnection;

    /// A moment, as exactly as the database has it.
    pub(crate) type Moment = chrono::NaiveDateTime;
    pub(crate) type MomentType = diesel::sql_types::Datetime;

    pub(crate) fn moment(text: &str) -> Moment {
        text.parse().expect("a moment")
    }
}

fn main() -> std::process::ExitCode {
    targets::harness::main(
        "mariadb_async",
        target::DATABASE,
        [suite::tests(), locks::tests(), streams::tests()].concat(),
    )
}
