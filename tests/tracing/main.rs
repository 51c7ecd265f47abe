//! What is told of loads and queries through `tracing`.
#![allow(missing_docs)]

mod asynchronous;
mod library;
mod loads;
mod options;
mod queries;
mod scopes;
mod seen;
