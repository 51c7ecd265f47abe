//! Keys of every type, of several columns, and under every name.

mod columns;
mod composite;
mod names;
mod schemas;
mod types;
