//! What load specs do, on small SQLite databases.
#![allow(missing_docs)]

mod connections;
mod library;
mod methods;
mod snapshot;
mod support;
