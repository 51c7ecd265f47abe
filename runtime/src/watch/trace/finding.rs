//! What scopes find.

use std::time::Duration;

use tracing::warn;

use crate::watch::Site;

const TARGET: &str = "upfront::scope";

/// Tells that a query ran again and again from one place in a scope.
#[cfg_attr(not(test), expect(dead_code))]
pub(crate) fn warn_n_plus_one(
    scope: &str,
    sql: &str,
    site: Option<&Site>,
    times: usize,
    took: Duration,
    suggestion: Option<&str>,
) {
    warn!(
        name: "upfront.n_plus_one",
        target: TARGET,
        {
            "upfront.scope" = scope,
            "upfront.queries" = times,
            "upfront.duration" = took.as_secs_f64(),
            "upfront.suggestion" = suggestion,
            "db.query.text" = sql,
            "code.file.path" = site.and_then(Site::file),
            "code.line.number" = site.and_then(Site::line),
            "code.function.name" = site.and_then(Site::function),
        },
        "a query ran {times} times from one place"
    );
}

/// Tells that more queries ran in a scope than its budget allows.
#[cfg_attr(not(test), expect(dead_code))]
pub(crate) fn warn_budget(
    scope: &str,
    budget: usize,
    queries: usize,
    took: Duration,
    suggestion: Option<&str>,
) {
    warn!(
        name: "upfront.budget",
        target: TARGET,
        {
            "upfront.scope" = scope,
            "upfront.budget" = budget,
            "upfront.queries" = queries,
            "upfront.duration" = took.as_secs_f64(),
            "upfront.suggestion" = suggestion,
        },
        "{queries} queries ran, and {budget} are allowed"
    );
}
