//! What queries run: logs, scopes, and the number of queries in tests.
//!
//! A watched connection has [`instruments::Instruments`] in Diesel's slot for an instrumentation. It makes a
//! [`record::Record`] of each query and gives it to all who listen: logs and scopes that are bound to the connection, and
//! the scopes around what runs. Why a query of ours runs is [announced](purpose) by the kernel.

mod advice;
mod assert;
mod brief;
mod connection;
mod fingerprint;
mod group;
mod instruments;
mod log;
mod logged;
mod purpose;
mod record;
mod report;
mod scope;
mod site;
mod stack;
mod statement;
#[cfg(feature = "backtrace")]
mod symbol;
mod table;
mod tokens;
mod trace;

pub use assert::{Counted, Expected, NumQueries};
pub use connection::{OwnInstrumentation, Watchable, watch, watch_new_connections, watch_with};
#[cfg(all(feature = "async", feature = "sqlite"))]
pub(crate) use instruments::Elsewhere;
pub use log::{LogOptions, QueryLog};
pub use logged::LoggedQuery;
#[cfg(feature = "async")]
pub(crate) use purpose::Announced;
pub(crate) use purpose::{Announcement, Caller, Listening, Purpose, during, take_next};
pub use report::{NPlusOne, Report};
pub use scope::{InScope, Policy, Scope, Watching};
pub use site::CallSite;
pub(crate) use trace::LoadSpan;
#[cfg(feature = "tracing")]
pub use trace::{TraceOptions, trace_queries};
