//! The span of a load.

#[cfg(feature = "async")]
use std::future::Future;

use diesel::QueryResult;
#[cfg(feature = "async")]
use tracing::Instrument;
#[cfg(feature = "async")]
use tracing::instrument::Instrumented;
use tracing::level_filters::LevelFilter;
use tracing::{Span, field, info_span};

use super::query::error_type;
use crate::watch::Purpose;

/// The span of a load, which is open until this is dropped. Rows that are read one by one keep it until they are read.
///
/// It is one pointer, which is null where nobody wants to know: then it costs no more than to see that.
#[derive(Debug)]
pub(crate) struct LoadSpan(Option<Box<Open>>);

#[derive(Debug)]
struct Open {
    span: Span,
    /// How many rows were loaded, where that is known.
    rows: Option<usize>,
}

impl LoadSpan {
    /// That of what is no load of its own.
    pub(crate) const fn none() -> Self {
        Self(None)
    }

    /// Of a load that runs so many queries at the most.
    #[inline]
    pub(crate) fn open(purpose: &Purpose, queries: usize) -> Self {
        match LevelFilter::current() >= LevelFilter::INFO {
            true => Self(Open::new(purpose, queries)),
            false => Self(None),
        }
    }

    /// Runs queries of the load.
    #[inline]
    pub(crate) fn run<T>(&self, load: impl FnOnce() -> QueryResult<T>) -> QueryResult<T> {
        let entered = self.0.as_ref().map(|open| open.span.enter());
        let loaded = load();
        drop(entered);
        self.check(&loaded);
        loaded
    }

    /// The future of queries of the load.
    #[cfg(feature = "async")]
    pub(crate) fn around<F: Future>(&self, load: F) -> Instrumented<F> {
        load.instrument(self.0.as_ref().map_or_else(Span::none, |open| open.span.clone()))
    }

    /// Says of a load that it failed, if it did.
    #[inline]
    pub(crate) fn check<T>(&self, loaded: &QueryResult<T>) {
        if let (Some(open), Err(error)) = (&self.0, loaded) {
            open.span.record("error.type", error_type(error).as_ref());
        }
    }

    /// So many more rows were loaded.
    #[inline]
    pub(crate) fn add(&mut self, rows: usize) {
        if let Some(open) = &mut self.0 {
            open.rows = Some(open.rows.unwrap_or_default() + rows);
        }
    }
}

impl Open {
    /// `None` where nobody wants to know.
    #[cold]
    fn new(purpose: &Purpose, queries: usize) -> Option<Box<Self>> {
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
        (!span.is_disabled()).then(|| Box::new(Self { span, rows: None }))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if let Some(rows) = self.rows {
            self.span.record("upfront.rows", rows);
        }
    }
}
