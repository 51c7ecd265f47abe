//! The event of a query.

use std::borrow::Cow;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use diesel::result::{DatabaseErrorKind, Error};
use tracing::dispatcher::{self, Dispatch};
use tracing::{Level, Span, enabled, event};

use super::options::{is_slow, is_wanted, wanted};
use super::system::System;
use crate::watch::purpose::Announced;
use crate::watch::record::{Record, Wanted};
use crate::watch::statement::Statement;
use crate::watch::{CallSite, LoggedQuery};

pub(super) const TARGET: &str = "upfront::query";

/// Where the event of a spec's query belongs: the query can end on another thread, and in another span.
#[derive(Debug)]
struct Place {
    subscriber: Dispatch,
    span: Span,
}

impl Place {
    /// Here, if queries are told here.
    fn here() -> Option<Self> {
        is_wanted().then(|| Self {
            subscriber: dispatcher::get_default(Dispatch::clone),
            span: Span::current(),
        })
    }

    fn tell(&self, ended: &Ended) {
        dispatcher::with_default(&self.subscriber, || ended.tell(&self.span));
    }
}

/// The event of a spec's query. Most databases end a query before its rows are read: it is told when both have ended, so
/// that it has the number of rows everywhere.
#[derive(Debug)]
pub(crate) struct Told(Mutex<Awaited>);

/// What the event waits for.
#[derive(Debug)]
enum Awaited {
    Nothing,
    Query(Place),
    Rows(Ended, Place),
}

impl Told {
    /// Of a query that is sent from here.
    pub(crate) fn here() -> Self {
        Self(Mutex::new(Place::here().map_or(Awaited::Nothing, Awaited::Query)))
    }

    fn awaited(&self) -> MutexGuard<'_, Awaited> {
        // Nothing that is done with it can panic half-way.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn query_ended(&self, ended: Ended) {
        let mut awaited = self.awaited();
        if let Awaited::Query(place) = mem::replace(&mut *awaited, Awaited::Nothing) {
            *awaited = Awaited::Rows(ended, place);
        }
    }

    /// No more rows are read. Where the query did not end before, its future was dropped, and nothing is told.
    pub(crate) fn rows_ended(&self) {
        let awaited = mem::replace(&mut *self.awaited(), Awaited::Nothing);
        if let Awaited::Rows(ended, place) = awaited {
            place.tell(&ended);
        }
    }
}

/// What is to be known of the query that begins here, if it is to be told.
pub(crate) fn wanted_of(announced: Option<&Announced>) -> Option<Wanted> {
    let is_awaited = match announced {
        Some(announced) => matches!(*announced.told.awaited(), Awaited::Query(_)),
        None => is_wanted(),
    };
    is_awaited.then(wanted)
}

/// Tells a query that ended, as the record says. One that is no spec's is told where it ends: it has nobody who would say that
/// its future was dropped, and until then it would keep the span open that it began in.
pub(crate) fn query_ended(record: &Arc<Record>, system: System, error: Option<&Error>) {
    let error_type = error.map(error_type);
    let ended = Ended { query: LoggedQuery::of(record, wanted()), system, error_type };
    match &record.announced {
        Some(announced) => announced.told.query_ended(ended),
        None => ended.tell(&Span::current()),
    }
}

/// A query that ended.
#[derive(Debug)]
struct Ended {
    query: LoggedQuery,
    system: System,
    error_type: Option<Cow<'static, str>>,
}

impl Ended {
    fn tell(&self, span: &Span) {
        let query = &self.query;
        let took = query.duration().unwrap_or_default();
        let (is_failed, is_slow) = (query.error().is_some(), is_slow(took));
        if !(is_failed || is_slow || enabled!(target: TARGET, Level::DEBUG)) {
            return;
        }
        let Wanted { stack, .. } = wanted();
        let statement = Statement::of(query.sql());
        let (operation, table) = (statement.operation(), statement.table());
        let is_site_known = stack || query.spec().is_some();
        let site = is_site_known.then(|| query.call_site()).flatten();

        // The level of an event is a constant.
        macro_rules! tell {
            ($level:ident, $message:literal) => {
                event!(
                    name: "upfront.query",
                    target: TARGET,
                    parent: span,
                    Level::$level,
                    {
                        "db.system.name" = self.system.name(),
                        "db.query.summary" = summary(operation.as_deref(), table.as_deref()),
                        "db.operation.name" = operation,
                        "db.collection.name" = table,
                        "db.query.text" = query.sql(),
                        "db.response.returned_rows" = query.rows(),
                        "db.client.operation.duration" = took.as_secs_f64(),
                        "error.type" = self.error_type.as_deref(),
                        "exception.message" = query.error(),
                        "upfront.spec" = query.spec(),
                        "upfront.field" = query.field(),
                        "upfront.relation" = query.relation(),
                        "upfront.binds" = query.binds(),
                        "code.file.path" = site.as_ref().and_then(CallSite::file),
                        "code.line.number" = site.as_ref().and_then(CallSite::line),
                        "code.function.name" = site.as_ref().and_then(CallSite::function),
                    },
                    $message
                )
            };
        }

        match (is_failed, is_slow) {
            (true, _) => tell!(WARN, "query failed"),
            (false, true) => tell!(WARN, "slow query"),
            (false, false) => tell!(DEBUG, "query"),
        }
    }
}

/// The value of the attribute `db.query.summary`: `SELECT authors`.
fn summary(operation: Option<&str>, table: Option<&str>) -> Option<String> {
    match (operation?, table) {
        (operation, Some(table)) => Some(format!("{operation} {table}")),
        (operation, None) => Some(operation.to_owned()),
    }
}

/// The value of the attribute `error.type`: the kind of Diesel's error.
pub(super) fn error_type(error: &Error) -> Cow<'static, str> {
    match error {
        Error::DatabaseError(DatabaseErrorKind::Unknown, _) => "_OTHER".into(),
        Error::DatabaseError(kind, _) => format!("{kind:?}").into(),
        Error::QueryBuilderError(_) => "QueryBuilderError".into(),
        Error::DeserializationError(_) => "DeserializationError".into(),
        Error::SerializationError(_) => "SerializationError".into(),
        Error::BrokenTransactionManager => "BrokenTransactionManager".into(),
        _ => "_OTHER".into(),
    }
}
