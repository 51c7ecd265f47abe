//! Tests of random rows.

use std::cell::RefCell;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngSeed, TestCaseResult, TestRunner};

use super::prelude::*;

/// How many cases a test has. The same on each run.
fn config() -> Config {
    Config {
        cases: 60,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_261_123),
        ..Config::default()
    }
}

/// Checks random values of `strategy`, one after the other, in a database with the tables of `schema`.
#[track_caller]
pub(crate) fn for_all<S: Strategy>(
    schema: &str,
    strategy: S,
    check: impl AsyncFn(&S::Value, &mut Connection) -> TestCaseResult,
) {
    let runtime = Runtime::new();
    let conn = RefCell::new(runtime.block_on(database(schema)));
    let checked = TestRunner::new(config()).run(&strategy, |value| {
        let conn = &mut *conn.borrow_mut();
        runtime.block_on(check(&value, conn))
    });
    if let Err(error) = checked {
        panic!("{error}");
    }
}
