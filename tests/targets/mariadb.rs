//! The suite on MariaDB.

#[macro_use]
mod sync;
#[macro_use]
mod suite;

mod iterators;
mod locks;

mod target {
    pub(crate) use crate::sync::{
        RunQueryDsl, Runtime, begin, connect, instrument, rollback, run_batch,
    };

    pub(crate) const DATABASE: targets::Database = targets::Database::Mariadb;

    pub(crate) type Backend = diesel::mysql::Mysql;
    pub(crate) type Connection = diesel::MysqlConnection;

    /// A moment, as exactly as the database has it.
    pub(crate) type Moment = chrono::NaiveDateTime;
    pub(crate) type MomentType = diesel::sql_types::Datetime;

    pub(crate) fn moment(text: &str) -> Moment {
        text.parse().expect("a moment")
    }
}

fn main() -> std::process::ExitCode {
    targets::harness::main(
        "mariadb",
        target::DATABASE,
        [suite::tests(), iterators::tests(), locks::tests()].concat(),
    )
}
