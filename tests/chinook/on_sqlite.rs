//! Load specs on Chinook, the database of a music store, against SQL written by hand: on SQLite.
#![allow(missing_docs)]

#[macro_use]
mod harness;

mod check;
mod comparisons;
mod indexes;
mod models;
mod price;
mod rows;
mod schema;
mod sqlite;
mod sqlite_plans;
mod store;

use sqlite as database;

fn main() -> std::process::ExitCode {
    harness::run(
        "chinook",
        comparisons::TESTS.iter().copied().chain([indexes::TESTS, sqlite_plans::TESTS]),
    )
}
