//! Load specs on Chinook, the database of a music store, against SQL written by hand: on MariaDB.
#![allow(missing_docs)]

#[macro_use]
mod harness;

mod check;
mod comparisons;
mod indexes;
mod mariadb;
mod models;
mod price;
mod rows;
mod schema;
mod store;

use mariadb as database;

fn main() -> std::process::ExitCode {
    harness::run("chinook_mariadb", comparisons::TESTS.iter().copied().chain([indexes::TESTS]))
}
