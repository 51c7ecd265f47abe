//! What the test binaries share.
#![allow(missing_docs)]

pub mod queries;
