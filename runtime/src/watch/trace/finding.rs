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

#[cfg(test)]
mod tests {
    use std::io::{Result, Write};
    use std::panic::Location;
    use std::sync::{Arc, Mutex};

    use tracing::subscriber::with_default;

    use super::*;

    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> Result<usize> {
            self.0.lock().expect("nothing panics while it writes").write(bytes)
        }

        fn flush(&mut self) -> Result<()> {
            Ok(())
        }
    }

    #[track_caller]
    fn check(tell: impl FnOnce(), line: &str) {
        let written = Written::default();
        let writer = written.clone();
        let subscriber = tracing_subscriber::fmt().with_ansi(false).without_time();
        with_default(subscriber.with_writer(move || writer.clone()).finish(), tell);
        let written = written.0.lock().expect("nothing panicked").clone();
        assert_eq!(String::from_utf8(written).as_deref(), Ok(line));
    }

    #[test]
    fn a_query_that_runs_again_and_again_is_told_with_its_place() {
        let here = Site::from(Location::caller());
        let (sql, took) = ("SELECT 1", Duration::from_millis(1500));
        check(
            || warn_n_plus_one("list", sql, Some(&here), 100, took, Some("use `prefetch`")),
            &format!(
                " WARN upfront::scope: a query ran 100 times from one place upfront.scope=\"list\" \
                 upfront.queries=100 upfront.duration=1.5 upfront.suggestion=\"use `prefetch`\" \
                 db.query.text=\"SELECT 1\" code.file.path=\"{}\" code.line.number={}\n",
                file!(),
                here.line().expect("a location has a line"),
            ),
        );
    }

    #[test]
    fn a_budget_that_was_exceeded_is_told() {
        check(
            || warn_budget("list", 10, 101, Duration::from_secs(2), None),
            " WARN upfront::scope: 101 queries ran, and 10 are allowed upfront.scope=\"list\" \
             upfront.budget=10 upfront.queries=101 upfront.duration=2.0\n",
        );
    }
}
