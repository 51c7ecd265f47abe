//! The tests. They load whole tables, and hold each row and the number of queries against what plain SQL finds.
//!
//! Each is written once, for every database: the SQL is such that all of them understand it and mean the same by it.

mod aggregates;
mod annotations;
mod chains;
mod columns;
mod computed;
mod joins;
mod loaded_onto;
mod many_to_many;
mod mixtures;
mod params;
mod prefetches;
mod query;
mod refined;
mod refined_at_run_time;
mod relations_in_queries;
mod self_relation;
mod shared_rows;
mod through_rows;
mod top_rows;

use crate::harness::Test;

/// All of them.
pub(crate) const TESTS: &[&[Test]] = &[
    aggregates::TESTS,
    annotations::TESTS,
    chains::TESTS,
    columns::TESTS,
    computed::TESTS,
    joins::TESTS,
    loaded_onto::TESTS,
    many_to_many::TESTS,
    mixtures::TESTS,
    params::TESTS,
    prefetches::TESTS,
    query::TESTS,
    refined::TESTS,
    refined_at_run_time::TESTS,
    relations_in_queries::TESTS,
    self_relation::TESTS,
    shared_rows::TESTS,
    through_rows::TESTS,
    top_rows::TESTS,
];
