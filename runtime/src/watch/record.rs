//! One query that ran, as those keep it who listen.

use std::any::TypeId;
use std::collections::HashMap;
use std::fmt::{self, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use diesel::connection::DebugQuery;

use super::purpose::Announced;
use super::stack::Stack;

/// What those who listen want to know, besides what costs nothing.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wanted {
    pub(crate) binds: bool,
    pub(crate) stack: bool,
}

impl Wanted {
    pub(crate) fn and(self, other: Self) -> Self {
        Self { binds: self.binds || other.binds, stack: self.stack || other.stack }
    }
}

/// A query that ran, or runs. It is not `Debug`: several share it, and not all of them asked for its values.
pub(crate) struct Record {
    pub(crate) sql: Arc<str>,
    pub(crate) binds: Option<Box<str>>,
    pub(crate) announced: Option<Arc<Announced>>,
    /// Where a query runs that nobody announced.
    pub(crate) stack: Option<Stack>,
    begun: Instant,
    /// In nanoseconds.
    took: AtomicU64,
    error: OnceLock<Box<str>>,
}

/// The duration of a query that has not ended.
const RUNNING: u64 = u64::MAX;

impl Record {
    /// The query that begins now.
    pub(crate) fn begin(
        query: &dyn DebugQuery,
        wanted: Wanted,
        announced: Option<Arc<Announced>>,
        statements: &mut Statements,
    ) -> Self {
        let statement = announced.as_ref().and_then(|announced| announced.statement);
        let (sql, binds) = statements.text(query, statement, wanted.binds);
        let stack = (wanted.stack && announced.is_none()).then(Stack::capture);
        Self {
            sql,
            binds,
            announced,
            stack,
            begun: Instant::now(),
            took: AtomicU64::new(RUNNING),
            error: OnceLock::new(),
        }
    }

    /// It ended now.
    pub(crate) fn end(&self, error: Option<&diesel::result::Error>) {
        let took = u64::try_from(self.begun.elapsed().as_nanos()).unwrap_or(RUNNING - 1);
        self.took.store(took, Ordering::Relaxed);
        if let Some(error) = error {
            // It ends once.
            let _ = self.error.set(error.to_string().into());
        }
    }

    /// Whether the load is gone that it was for, and nobody waits for its end.
    pub(crate) fn is_dropped(&self) -> bool {
        self.announced.as_ref().is_some_and(|announced| Arc::strong_count(announced) == 1)
    }

    pub(crate) fn duration(&self) -> Option<Duration> {
        let took = self.took.load(Ordering::Relaxed);
        (took != RUNNING).then(|| Duration::from_nanos(took))
    }

    pub(crate) fn error(&self) -> Option<&str> {
        self.error.get().map(|error| &**error)
    }
}

/// The SQL of statements that are the same each time, on one connection: to write it out again takes longer than all else
/// that is done for a query.
#[derive(Debug, Default)]
pub(crate) struct Statements(HashMap<TypeId, Arc<str>>);

impl Statements {
    /// The SQL of a query, and its binds where they are wanted.
    fn text(
        &mut self,
        query: &dyn DebugQuery,
        statement: Option<TypeId>,
        binds: bool,
    ) -> (Arc<str>, Option<Box<str>>) {
        let Some(statement) = statement.filter(|_| !binds) else {
            return text(query, binds);
        };
        let sql = self.0.entry(statement).or_insert_with(|| text(query, false).0);
        (Arc::clone(sql), None)
    }
}

/// What stands between the SQL and the binds in Diesel's text of a query.
const SEPARATOR: &str = " -- binds: ";

/// The SQL of a query, and its binds where they are wanted. Diesel gives both in one text, and writes the SQL first: where
/// it alone is wanted, the rest is not written.
fn text(query: &dyn DebugQuery, binds: bool) -> (Arc<str>, Option<Box<str>>) {
    let mut text = Text { sql: String::new(), binds: binds.then(String::new), separated: false };
    // It is an error where the text ends early, and where a query cannot be written: then there is no SQL.
    let _ = write!(text, "{query}");
    (text.sql.into(), text.binds.filter(|_| text.separated).map(Into::into))
}

struct Text {
    sql: String,
    binds: Option<String>,
    separated: bool,
}

impl fmt::Write for Text {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        match &mut self.binds {
            _ if part == SEPARATOR => {
                self.separated = true;
                // Ends the writing where there is nothing to put the binds in.
                return if self.binds.is_some() { Ok(()) } else { Err(fmt::Error) };
            }
            Some(binds) if self.separated => binds.push_str(part),
            _ => self.sql.push_str(part),
        }
        Ok(())
    }
}

/// Whether the text is that of this query, which can be written with binds and without.
pub(crate) fn is_text_of(sql: &str, query: &dyn DebugQuery) -> bool {
    *text(query, false).0 == *sql
}
