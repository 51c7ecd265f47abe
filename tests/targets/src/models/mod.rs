//! Models, with the tables that belong to them.

pub mod library;
