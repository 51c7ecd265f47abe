//! What load specs do, on small SQLite databases.
// A model's fields name columns, and nothing else reads them.
#![allow(missing_docs, dead_code)]

mod aggregates;
mod annotations;
mod chains;
mod chunks;
mod columns;
mod connections;
mod depth;
mod errors;
mod joins;
mod keys;
mod library;
mod limit_keys;
mod limits;
mod loads;
mod many_rows;
mod methods;
mod onto;
mod orders;
mod params;
mod random;
mod random_refined;
mod refined;
mod relation_expressions;
mod selections;
mod shop;
mod snapshot;
mod sql;
mod subqueries;
mod support;
mod through_rows;
mod to_one;
mod wide;
