//! What the test binaries share.
#![allow(missing_docs)]

pub mod library;
pub mod queries;
pub mod shop;
