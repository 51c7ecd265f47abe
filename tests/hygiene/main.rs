//! Expanded code names nothing that a user's own names could stand for, and warns of nothing.
//!
//! Each module is one case. That it compiles is most of the test; that it loads what it should is the rest.
#![deny(warnings, clippy::all, unreachable_pub, unused_qualifications, rust_2018_idioms)]

mod connection;
mod schema;

// Paths longer than they need be are what these two try.
#[allow(unused_qualifications)]
mod another_crates_models;
#[allow(unused_qualifications)]
mod every_visibility;
mod inside_a_function;
#[no_implicit_prelude]
mod no_prelude;
mod raw_identifiers;
mod renamed_imports;
mod shadowed_names;
mod specs_of_one_name;
