//! What the examples share.

mod query_log;

pub use query_log::QueryLog;
