//! What is told through `tracing`: a span for each load, an event for each query, and what scopes find.
//!
//! Without the feature the same names stand for nothing (`untold.rs`), so that whoever tells need not ask.

#[cfg(feature = "tracing")]
mod finding;
#[cfg(feature = "tracing")]
mod load;
#[cfg(feature = "tracing")]
mod options;
#[cfg(feature = "tracing")]
mod query;
#[cfg(feature = "tracing")]
mod system;
#[cfg(not(feature = "tracing"))]
mod untold;

#[cfg(feature = "tracing")]
pub(crate) use finding::warn;
#[cfg(feature = "tracing")]
pub(crate) use load::LoadSpan;
#[cfg(feature = "tracing")]
pub(crate) use options::is_wanted;
#[cfg(feature = "tracing")]
pub use options::{TraceOptions, trace_queries};
#[cfg(feature = "tracing")]
pub(crate) use query::{Told, query_ended, wanted_of};
#[cfg(feature = "tracing")]
pub(crate) use system::System;
#[cfg(not(feature = "tracing"))]
pub(crate) use untold::{LoadSpan, System, Told, is_wanted, query_ended, wanted_of};
