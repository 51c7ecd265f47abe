//! What queries run: logs, scopes, and the number of queries in tests.
//!
//! A watched connection has [`instruments::Instruments`] in Diesel's slot for an instrumentation. It makes a
//! [`record::Record`] of each query and gives it to all who listen: logs and scopes that are bound to the connection, and
//! the scopes around what runs. Why a query of ours runs is [announced](purpose) by the kernel.

mod assert;
mod connection;
mod instruments;
mod log;
mod logged;
mod purpose;
mod record;
mod scope;

pub use assert::{Expected, NumQueries};
pub use connection::{OwnInstrumentation, Watchable, watch, watch_new_connections, watch_with};
#[cfg(feature = "async")]
pub(crate) use instruments::announce_on;
pub use log::{LogOptions, QueryLog};
pub use logged::{CallSite, LoggedQuery};
#[cfg(feature = "async")]
pub(crate) use purpose::Announced;
pub(crate) use purpose::{Announcement, Caller, Listening, Purpose};
pub use scope::{Report, Scope};
