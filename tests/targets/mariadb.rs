//! The suite on MariaDB.

mod suite;
mod sync;

mod target {
    pub(crate) use crate::sync::{RunQueryDsl, Runtime, connect, instrument, run_batch};

    pub(crate) const DATABASE: targets::Database = targets::Database::Mariadb;

    pub(crate) type Backend = diesel::mysql::Mysql;
    pub(crate) type Connection = diesel::MysqlConnection;
}

fn main() -> std::process::ExitCode {
    targets::harness::main("mariadb", target::DATABASE, [suite::tests(), sync::tests()].concat())
}
