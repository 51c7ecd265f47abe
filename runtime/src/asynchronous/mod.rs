//! Running loads on a connection that does not wait: with diesel-async.
//!
//! Which queries are run, with which keys, and what is done with their rows is said elsewhere, once for both sides.

mod borrowed;
mod chunks;
mod connection;
mod load;
mod onto;
mod plan;
mod run;
mod runner;
mod snapshot;

pub use chunks::AsyncChunks;
pub use connection::AsyncLoadConnection;
pub use onto::AsyncRelationDsl;
