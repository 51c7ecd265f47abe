//! What the suite needs that is the same for every target: databases, models, plain rows, and a harness.
#![allow(missing_docs)]

pub mod harness;
pub mod models;

mod database;
mod sql;

pub use database::{Database, create, execute};
pub use harness::Test;
pub use sql::write as sql;
