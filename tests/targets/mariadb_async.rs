//! The suite on MariaDB, by diesel-async.

mod asynchronous;
mod suite;

mod target {
    pub(crate) use crate::asynchronous::{RunQueryDsl, Runtime, connect, instrument, run_batch};

    pub(crate) const DATABASE: targets::Database = targets::Database::Mariadb;

    pub(crate) type Backend = diesel::mysql::Mysql;
    pub(crate) type Connection = diesel_async::AsyncMysqlConnection;
}

fn main() -> std::process::ExitCode {
    targets::harness::main(
        "mariadb_async",
        target::DATABASE,
        [suite::tests(), asynchronous::tests()].concat(),
    )
}
