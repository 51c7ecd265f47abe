//! What is seen of the queries that run on SQLite.
// A model's fields name columns, and nothing else reads them.
#![allow(missing_docs, dead_code)]

mod asserted;
mod asynchronous;
mod library;
mod log;
mod own;
mod pools;
mod repeated;
mod scopes;
