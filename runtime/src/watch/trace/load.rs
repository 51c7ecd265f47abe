//! The span of a load.

#[cfg(feature = "async")]
use std::future::Future;

use diesel::QueryResult;
#[cfg(feature = "async")]
use tracing::Instrument;
#[cfg(feature = "async")]
use tracing::instrument::Instrumented;
use tracing::{Span, field, info_span};

use super::query::error_type;
use crate::watch::Purpose;

/// The span of a load. It is open until this is dropped, which rows that are read one by one keep until they are read.
#[derive(Debug)]
pub(crate) struct LoadSpan {
    span: Span,
    /// How many rows were loaded, where that is known.
    rows: Option<usize>,
}

impl LoadSpan {
    /// Of a load that runs so many queries at the most.
    pub(crate) fn open(purpose: &Purpose, queries: usize) -> Self {
        let span = info_span!(
            target: "upfront::load",
            "upfront.load",
            "upfront.spec" = purpose.spec,
            "upfront.relation" = purpose.relation,
            "upfront.queries" = queries,
            "upfront.rows" = field::Empty,
            "code.file.path" = purpose.caller.site.file(),
            "code.line.number" = purpose.caller.site.line(),
            "error.type" = field::Empty,
        );
        Self { span, rows: None }
    }

    /// Runs queries of the load.
    pub(crate) fn run<T>(&self, load: impl FnOnce() -> QueryResult<T>) -> QueryResult<T> {
        self.checked(self.span.in_scope(load))
    }

    /// The future of queries of the load.
    #[cfg(feature = "async")]
    pub(crate) fn around<F: Future>(&self, load: F) -> Instrumented<F> {
        load.instrument(self.span.clone())
    }

    /// What the load gave, which is said where it is an error.
    pub(crate) fn checked<T>(&self, loaded: QueryResult<T>) -> QueryResult<T> {
        loaded.inspect_err(|error| {
            self.span.record("error.type", error_type(error).as_ref());
        })
    }

    /// So many more rows were loaded.
    #[inline]
    pub(crate) fn add(&mut self, rows: usize) {
        self.rows = Some(self.rows.unwrap_or_default() + rows);
    }
}

impl Drop for LoadSpan {
    fn drop(&mut self) {
        if let Some(rows) = self.rows {
            self.span.record("upfront.rows", rows);
        }
    }
}
