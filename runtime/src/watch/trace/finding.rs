//! What scopes find.

use tracing::{Level, enabled};

use crate::watch::advice::help;
use crate::watch::group::Ran;
use crate::watch::{CallSite, NPlusOne, Report};

const TARGET: &str = "upfront::scope";

/// Tells what was found in a scope, to whoever wants to know of it.
pub(crate) fn warn(report: impl FnOnce() -> Report) {
    if enabled!(target: TARGET, Level::WARN) {
        let report = report();
        report.n_plus_one().iter().for_each(|found| warn_n_plus_one(report.scope(), found));
        if let Some(budget) = report.exceeded() {
            warn_budget(&report, budget);
        }
    }
}

fn warn_n_plus_one(scope: &str, found: &NPlusOne) {
    let (query, site, times) = (found.query(), found.call_site(), found.count());
    let help = help(&Ran { site: site.cloned(), ..Ran::from(query) }, false);
    tracing::warn!(
        name: "upfront.n_plus_one",
        target: TARGET,
        {
            "upfront.scope" = scope,
            "upfront.queries" = times,
            "upfront.duration" = found.duration().as_secs_f64(),
            "upfront.help" = help.as_deref().map(|help| help.trim_start_matches("help: ")),
            "upfront.spec" = query.spec(),
            "upfront.field" = query.field(),
            "db.query.text" = query.sql(),
            "code.file.path" = site.and_then(CallSite::file),
            "code.line.number" = site.and_then(CallSite::line),
            "code.function.name" = site.and_then(CallSite::function),
        },
        "a query ran {times} times from one place"
    );
}

fn warn_budget(report: &Report, budget: usize) {
    let queries = report.queries();
    tracing::warn!(
        name: "upfront.budget",
        target: TARGET,
        {
            "upfront.scope" = report.scope(),
            "upfront.queries" = queries,
            "upfront.budget" = budget,
            "upfront.duration" = report.duration().as_secs_f64(),
        },
        "{queries} queries ran, more than the budget of {budget}"
    );
}
