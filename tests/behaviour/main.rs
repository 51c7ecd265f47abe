//! What load specs do, on small SQLite databases.
// A model's fields name columns, and nothing else reads them.
#![allow(missing_docs, dead_code)]

mod connections;
mod keys;
mod library;
mod methods;
mod snapshot;
mod support;
