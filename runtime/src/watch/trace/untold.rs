//! Nothing is told.

#[cfg(feature = "async")]
use std::future::Future;
use std::sync::Arc;

use diesel::QueryResult;
use diesel::result::Error;

use crate::watch::Purpose;
use crate::watch::purpose::Announced;
use crate::watch::record::{Record, Wanted};

/// Whether anybody wants to be told of queries.
#[inline]
pub(crate) const fn is_wanted() -> bool {
    false
}

/// In place of the span of a load.
#[derive(Debug)]
pub(crate) struct LoadSpan;

impl LoadSpan {
    pub(crate) const fn none() -> Self {
        Self
    }

    #[inline]
    pub(crate) const fn open(_: &Purpose, _queries: usize) -> Self {
        Self
    }

    #[inline]
    pub(crate) fn run<T>(&self, load: impl FnOnce() -> QueryResult<T>) -> QueryResult<T> {
        load()
    }

    #[inline]
    #[cfg(feature = "async")]
    pub(crate) fn around<F: Future>(&self, load: F) -> F {
        load
    }

    #[inline]
    #[cfg(feature = "async")]
    pub(crate) fn check<T>(&self, _: &QueryResult<T>) {}

    #[inline]
    pub(crate) fn add(&mut self, _rows: usize) {}
}

/// In place of the event of a spec's query.
#[derive(Debug)]
pub(crate) struct Told;

impl Told {
    #[inline]
    pub(crate) const fn here() -> Self {
        Self
    }

    #[inline]
    pub(crate) fn rows_ended(&self) {}
}

/// What is to be known of the query that begins here, if it is to be told.
#[inline]
pub(crate) const fn wanted_of(_: Option<&Announced>) -> Option<Wanted> {
    None
}

/// Tells a query that ended.
#[inline]
pub(crate) fn query_ended(_: &Arc<Record>, _: System, _: Option<&Error>) {}

/// In place of the database's name.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct System;

impl System {
    pub(crate) const UNKNOWN: Self = Self;

    #[inline]
    pub(crate) const fn of(_backend: &str) -> Self {
        Self
    }

    #[inline]
    pub(crate) const fn at(_url: &str) -> Self {
        Self
    }
}
