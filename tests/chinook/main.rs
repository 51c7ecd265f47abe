//! Load specs on Chinook, the database of a music store, against SQL written by hand.
//!
//! The tests load whole tables, and hold each row and the number of queries against what plain SQL finds.
#![allow(missing_docs)]

mod aggregates;
mod annotations;
mod chains;
mod check;
mod columns;
mod computed;
mod joins;
mod loaded_onto;
mod many_to_many;
mod mixtures;
mod models;
mod params;
mod plans;
mod prefetches;
mod query;
mod refined;
mod refined_at_run_time;
mod relations_in_queries;
mod schema;
mod self_relation;
mod shared_rows;
mod store;
mod through_rows;
mod top_rows;
