//! Load specs on Chinook, the database of a music store, against SQL written by hand.
//!
//! Every test loads whole tables, and holds each row and the number of queries against what plain SQL finds.
#![allow(missing_docs)]

mod aggregates;
mod annotations;
mod chains;
mod check;
mod columns;
mod joins;
mod many_to_many;
mod mixtures;
mod models;
mod plans;
mod prefetches;
mod query;
mod refined;
mod refined_at_run_time;
mod schema;
mod self_relation;
mod store;
mod through_rows;
mod top_rows;
