//! A query as users see it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::record::{Record, Wanted};
use super::site::CallSite;
use super::statement::Statement;

/// A query that ran, or runs: one of a [`QueryLog`](crate::QueryLog) or a [`Report`](crate::Report).
///
/// ```
/// # include!("../doctest_setup.rs");
/// use upfront::QueryLog;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let conn = &mut connection();
/// let log = QueryLog::attach(conn)?;
/// diesel::sql_query("SELECT * FROM nowhere").execute(conn).unwrap_err();
///
/// let query = &log.queries()[0];
/// assert_eq!(query.sql(), "SELECT * FROM nowhere");
/// assert_eq!(query.error(), Some("no such table: nowhere"));
/// assert!(query.duration().is_some());
/// // It is no spec's, and the log was not told to keep values.
/// assert_eq!((query.spec(), query.binds()), (None, None));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct LoggedQuery {
    record: Arc<Record>,
    /// Whether who shows it asked for its values. Somebody else may have.
    has_binds: bool,
}

impl LoggedQuery {
    pub(crate) fn of(record: &Arc<Record>, wanted: Wanted) -> Self {
        Self { record: Arc::clone(record), has_binds: wanted.binds }
    }

    /// The SQL, as Diesel sent it.
    pub fn sql(&self) -> &str {
        &self.record.sql
    }

    /// Whether the load that it is part of sends such a query again and again by itself.
    pub(crate) fn is_in_chunks(&self) -> bool {
        self.record.announced.as_ref().is_some_and(|announced| announced.purpose.caller.in_chunks)
    }

    /// The bound values, as Diesel prints them; `None` where the log does not keep them, and where the connection does not
    /// tell them.
    pub fn binds(&self) -> Option<&str> {
        self.record.binds.as_deref().filter(|_| self.has_binds)
    }

    /// How long it took, with the reading of its rows where they are read one by one; `None` while it runs, and of one
    /// whose future was dropped.
    pub fn duration(&self) -> Option<Duration> {
        self.record.duration()
    }

    /// How many rows came: known of the queries of specs.
    pub fn rows(&self) -> Option<u64> {
        self.record.announced.as_ref()?.rows()
    }

    /// The spec that asked for it: the one that is loaded, and of a prefetch the one that has the field.
    pub fn spec(&self) -> Option<&'static str> {
        self.record.announced.as_ref().map(|announced| announced.purpose.spec)
    }

    /// The field that asked for it, of a prefetch.
    pub fn field(&self) -> Option<&'static str> {
        self.record.announced.as_ref()?.purpose.field
    }

    /// The relation whose rows it loads, of a prefetch and of `load_onto`.
    pub fn relation(&self) -> Option<&'static str> {
        self.record.announced.as_ref()?.purpose.relation
    }

    /// Whether it counts as a query: all do but those that ask the database for nothing, because they begin, end or set up a
    /// transaction, or only see whether the connection is alive, as pools do (`SELECT 1`).
    pub fn is_counted(&self) -> bool {
        self.spec().is_some() || Statement::of(self.sql()).is_counted()
    }

    /// The error that it ended with.
    pub fn error(&self) -> Option<&str> {
        self.record.error()
    }

    /// Where in the program it was asked for.
    ///
    /// Of a spec that is where its `query()` or `load!` is written, or `load_onto`. Of other queries it is looked for on
    /// the stack, where a log was told to do so ([`LogOptions::call_sites`](crate::LogOptions::call_sites)), in scopes and
    /// in `assert_num_queries!`; it needs debug information in the program.
    pub fn call_site(&self) -> Option<CallSite> {
        match &self.record.announced {
            Some(announced) => Some(CallSite::from(announced.purpose.caller.site)),
            None => self.record.stack.as_ref()?.site(),
        }
    }
}

/// What the methods tell: the record can have values that somebody else asked for.
impl fmt::Debug for LoggedQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoggedQuery")
            .field("sql", &self.sql())
            .field("binds", &self.binds())
            .field("duration", &self.duration())
            .field("rows", &self.rows())
            .field("spec", &self.spec())
            .field("field", &self.field())
            .field("relation", &self.relation())
            .field("error", &self.error())
            .field("call_site", &self.call_site().map(|site| site.to_string()))
            .finish()
    }
}
