//! Load specs on Chinook, the database of a music store, against SQL written by hand: on PostgreSQL.
#![allow(missing_docs)]

#[macro_use]
mod harness;

mod check;
mod comparisons;
mod indexes;
mod models;
mod postgres;
mod postgres_plans;
mod price;
mod rows;
mod schema;
mod store;

use postgres as database;

fn main() -> std::process::ExitCode {
    harness::run(
        "chinook_postgres",
        comparisons::TESTS.iter().copied().chain([indexes::TESTS, postgres_plans::TESTS]),
    )
}
